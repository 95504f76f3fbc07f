package giga.cli;

import giga.diffusion.weights.ModelLibrary;
import giga.redraw.infotext.FileHashes;
import java.nio.file.Path;
import java.util.Optional;

/** Where this installation's and this user's models lie. */
final class Models {
    private Models() {}

    static ModelLibrary library(Optional<Path> home) {
        Path root = Path.of(System.getProperty("giga.root", "."));
        return new ModelLibrary(root.resolve("models"), home.orElseGet(Models::defaultHome));
    }

    /** Kept in giga's own folder, also where models lie in another program's. */
    static FileHashes hashes() {
        return new FileHashes(defaultHome().resolve("hashes"));
    }

    private static Path defaultHome() {
        String home = System.getenv("GIGA_HOME");
        return home == null || home.isBlank() ? Path.of(System.getProperty("user.home"), ".giga") : Path.of(home);
    }
}
