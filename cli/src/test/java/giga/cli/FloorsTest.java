package giga.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The house: one module per floor, imports only downwards. */
class FloorsTest {
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("giga");

    @Test
    void importsGoDownwards() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy("giga.cli..")
                .layer("redraw")
                .definedBy("giga.redraw..")
                .layer("diffusion")
                .definedBy("giga.diffusion..")
                .layer("canvas")
                .definedBy("giga.canvas..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("redraw")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("diffusion")
                .mayOnlyBeAccessedByLayers("redraw", "cli")
                .whereLayer("canvas")
                .mayOnlyBeAccessedByLayers("redraw", "cli")
                .check(HOUSE);
    }

    @Test
    void onlyTheTensorPackageNamesLibtorch() {
        noClasses()
                .that()
                .resideOutsideOfPackage("giga.diffusion.tensor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(HOUSE);
    }
}
