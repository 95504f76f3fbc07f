"""Makes crops.csv: the parts that ImageMagick 6 cuts a picture into, and the checksums of their samples (python3, convert)."""
import random, subprocess, zlib

random.seed(6)
cases = [("50%x50%", 37, 29), ("50x50%", 37, 29), ("50%", 37, 29), ("33.3%x40%", 37, 29), ("10", 37, 29), ("10x", 37, 29),
         ("x10", 37, 29), ("10x8", 37, 29), ("3x2@", 37, 29), ("5x4@", 37, 29), ("100x100", 37, 29), ("37x29", 37, 29),
         ("12.5%x100%", 1000, 3), ("66.6%x66.7%", 37, 29), ("100%", 5, 7), ("200%x50%", 5, 7), ("1x1@", 9, 9)]
for _ in range(40):
    w, h = random.randint(20, 3000), random.randint(20, 3000)
    share = lambda: random.choice([f"{random.randint(10, 100)}%", f"{random.uniform(10, 100):.1f}%", f"{random.uniform(10, 100):.3f}%"])
    cases += [(f"{share()}x{share()}", w, h), (f"{random.randint(2, 12)}x{random.randint(1, 15)}@", w, h)]
for _ in range(15):
    w, h = random.randint(20, 3000), random.randint(20, 3000)
    cases.append((f"{random.randint(w // 9 + 1, w)}x{random.randint(h // 9 + 1, h)}", w, h))
overlaps = [(f"{random.randint(2, 7)}x{random.randint(2, 7)}@", random.randint(50, 900), random.randint(50, 900), random.randint(1, 20)) for _ in range(25)]

def crops(geometry, w, h):
    told = subprocess.run(["convert", "-size", f"{w}x{h}", "xc:white", "-crop", geometry, "-format", "%wx%h%X%Y ", "info:"],
                          capture_output=True, text=True, check=True).stdout
    return told.strip()

with open("crops.csv", "w") as out:
    for geometry, w, h in cases:
        print(geometry, w, h, 0, crops(geometry, w, h), sep=",", file=out)
    for geometry, w, h, o in overlaps:
        told = crops(f"{geometry[:-1]}+{o}+{o}@", w, h)
        across, down = map(int, geometry[:-1].split("x"))
        # Where its sum of fractions stays a hair below the side, it gives a sliver more.
        if told.count(" ") + 1 == across * down:
            print(geometry, w, h, o, told, sep=",", file=out)

with open("samples.csv", "w") as out:
    for geometry in ["50%x50%", "10x8", "3x2@"]:
        subprocess.run(f"rm -f /tmp/crop-*.rgb; convert ../pictures/rgb8.png -crop {geometry} +repage -depth 8 /tmp/crop-%d.rgb", shell=True, check=True)
        sums, i = [], 0
        while True:
            try: sums.append(format(zlib.crc32(open(f"/tmp/crop-{i}.rgb", "rb").read()), "08x"))
            except FileNotFoundError: break
            i += 1
        print(geometry, " ".join(sums), sep=",", file=out)
