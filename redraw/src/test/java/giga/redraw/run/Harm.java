package giga.redraw.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What may befall a file. */
enum Harm {
    FLIPPED_BIT {
        @Override
        void on(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 4;
            replace(file, bytes);
        }
    },
    CUT {
        @Override
        void on(Path file) throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            replace(file, Arrays.copyOf(bytes, bytes.length / 2));
        }
    },
    EMPTIED {
        @Override
        void on(Path file) throws IOException {
            replace(file, new byte[0]);
        }
    },
    DELETED {
        @Override
        void on(Path file) throws IOException {
            Files.delete(file);
        }
    },
    FOLDER_IN_PLACE {
        @Override
        void on(Path file) throws IOException {
            Files.delete(file);
            Files.createDirectory(file);
        }
    };

    abstract void on(Path file) throws IOException;

    /** By a new file: other states may be linked to the old one. */
    static void replace(Path file, byte[] bytes) throws IOException {
        Files.delete(file);
        Files.write(file, bytes);
    }
}
