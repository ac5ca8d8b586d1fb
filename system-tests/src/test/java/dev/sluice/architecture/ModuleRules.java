package dev.sluice.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.sluice.architecture.planted.common.KnowsTheHost;
import dev.sluice.architecture.planted.frontend.KnowsTheRouter;
import dev.sluice.architecture.planted.frontend.RunsModels;
import dev.sluice.architecture.planted.host.KnowsScheduling;
import dev.sluice.architecture.planted.router.KnowsTheFrontend;
import dev.sluice.architecture.planted.router.arrival.Arrival;
import dev.sluice.architecture.planted.scheduling.KnowsCommon;
import java.util.List;
import java.util.stream.Stream;

/** Who may know whom: between modules, and between the features of one module. */
final class ModuleRules {

    private ModuleRules() {}

    static Stream<Rule> all() {
        return Stream.of(
                new Rule("common knows no other module", modules -> mayKnow(modules, "common"), KnowsTheHost.class),
                new Rule(
                        "scheduling knows no other module",
                        modules -> mayKnow(modules, "scheduling"),
                        KnowsCommon.class),
                new Rule(
                        "the SDK knows common",
                        modules -> mayKnow(modules, "sdk", "common"),
                        dev.sluice.architecture.planted.sdk.KnowsScheduling.class),
                new Rule(
                        "a frontend knows common",
                        modules -> mayKnow(modules, "frontend", "common"),
                        KnowsTheRouter.class),
                new Rule(
                        "a router knows common and scheduling",
                        modules -> mayKnow(modules, "router", "common", "scheduling"),
                        KnowsTheFrontend.class),
                new Rule(
                        "the stock host knows the SDK and common",
                        modules -> mayKnow(modules, "host", "sdk", "common"),
                        KnowsScheduling.class),
                new Rule(
                        "what a user writes knows the SDK",
                        modules -> mayKnow(modules, "examples", "sdk", "common"),
                        dev.sluice.architecture.planted.examples.KnowsTheRouter.class),
                new Rule(
                        "the command line knows no service",
                        modules -> mayKnow(modules, "cli", "common"),
                        dev.sluice.architecture.planted.cli.KnowsTheRouter.class),
                new Rule(
                        "benchmarks know no service",
                        modules -> mayKnow(modules, "benchmarks", "common", "scheduling", "cli"),
                        dev.sluice.architecture.planted.benchmarks.KnowsTheRouter.class),
                new Rule(
                        "the client knows no other module",
                        modules -> mayKnow(modules, "client"),
                        dev.sluice.architecture.planted.client.KnowsTheFrontend.class),
                new Rule(
                        "the client knows no Spring",
                        ModuleRules::noSpring,
                        dev.sluice.architecture.planted.client.NeedsSpring.class),
                new Rule("features form no cycles", ModuleRules::noCycles, Arrival.class),
                new Rule(
                        "frontends and routers know no ONNX Runtime and no DuckDB",
                        ModuleRules::noHeavyLibraries,
                        RunsModels.class));
    }

    private static ArchRule mayKnow(Layout modules, String module, String... others) {
        return classes()
                .that()
                .resideInAnyPackage(modules.modules(module))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(modules.everything()))
                        .or(resideInAnyPackage(modules.modules(module)))
                        .or(resideInAnyPackage(modules.modules(others))));
    }

    private static ArchRule noCycles(Layout modules) {
        return slices().assignedFrom(new Features(modules)).should().beFreeOfCycles();
    }

    private static ArchRule noHeavyLibraries(Layout modules) {
        return noClasses()
                .that()
                .resideInAnyPackage(modules.modules("frontend", "router", "common", "scheduling"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnxruntime..", "org.duckdb..");
    }

    private static ArchRule noSpring(Layout modules) {
        return noClasses()
                .that()
                .resideInAnyPackage(modules.modules("client"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..");
    }

    /** A program's entry puts its parts together and knows them all: it is no feature. */
    private static boolean isEntry(JavaClass type) {
        return type.tryGetMethod("main", String[].class).isPresent();
    }

    private record Features(Layout modules) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            if (!resideInAPackage(modules.everything()).test(type) || isEntry(type)) {
                return SliceIdentifier.ignore();
            }
            return SliceIdentifier.of(List.of(modules.featureOf(type)));
        }

        @Override
        public String getDescription() {
            return "features";
        }
    }
}
