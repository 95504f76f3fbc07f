package giga.cli;

import giga.diffusion.ModelException;
import giga.diffusion.weights.ModelLibrary;
import giga.redraw.infotext.FileHashes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where this installation's and this user's models lie. */
final class Models {
    private Models() {}

    /**
     * @param home as given on the command line
     * @throws ModelException where it is no folder; giga's own need not exist
     */
    static ModelLibrary library(Optional<Path> home) {
        Path root = Path.of(System.getProperty("giga.root", "."));
        home.filter(given -> !Files.isDirectory(given)).ifPresent(given -> {
            throw new ModelException("--home " + given + ": there is no such folder. Check the path and the spelling.");
        });
        // Absolute, for what it finds is written into jobs, which may be resumed from elsewhere.
        return new ModelLibrary(
                root.resolve("models"),
                home.orElseGet(Models::defaultHome).toAbsolutePath().normalize());
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
