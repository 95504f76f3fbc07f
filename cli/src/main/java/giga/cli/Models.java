package giga.cli;

import giga.diffusion.weights.ModelLibrary;
import java.nio.file.Path;
import java.util.Optional;

/** Where this installation's and this user's models lie. */
final class Models {
    private Models() {}

    static ModelLibrary library(Optional<Path> home) {
        Path root = Path.of(System.getProperty("giga.root", "."));
        return new ModelLibrary(root.resolve("models"), home.orElseGet(Models::defaultHome));
    }

    private static Path defaultHome() {
        String home = System.getenv("GIGA_HOME");
        return home == null || home.isBlank() ? Path.of(System.getProperty("user.home"), ".giga") : Path.of(home);
    }
}
