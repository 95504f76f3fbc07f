# Pictures with texts as A1111 writes them, by the libraries that it uses (Pillow 13.0.0, piexif 1.1.3): make_texts.py FOLDER
import piexif, piexif.helper
from PIL import Image, PngImagePlugin
import sys
out = sys.argv[1]
text = ("a castle, Schloß 城 🏰\nNegative prompt: fog\nSteps: 20, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, "
        "Seed: 965400086, Size: 16x8, Model hash: 6ce0161689, Model: v1-5-pruned-emaonly, "
        "Lora hashes: \"detail: 1a2b3c4d, ink: 33aa\", Version: v1.10.1")
img = Image.new("RGB", (16, 8), (40, 90, 160))
info = PngImagePlugin.PngInfo(); info.add_text("parameters", text)
img.save(f"{out}/a1111.png", pnginfo=info)
latin = PngImagePlugin.PngInfo(); latin.add_text("parameters", text.encode("ascii", "ignore").decode(), zip=True)
img.save(f"{out}/a1111-zipped.png", pnginfo=latin)
for ext, fmt in (("jpg", "JPEG"), ("webp", "WEBP")):
    img.save(f"{out}/a1111.{ext}", format=fmt, quality=80)
    exif = piexif.dump({"Exif": {piexif.ExifIFD.UserComment: piexif.helper.UserComment.dump(text, encoding="unicode")}})
    piexif.insert(exif, f"{out}/a1111.{ext}")
