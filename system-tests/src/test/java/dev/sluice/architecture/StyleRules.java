package dev.sluice.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.sluice.architecture.planted.router.queue.ComparesWallClocks;
import dev.sluice.architecture.planted.router.queue.CountsWithMicrometer;
import dev.sluice.architecture.planted.router.queue.FindsItself;
import dev.sluice.architecture.planted.router.queue.InjectsAField;
import dev.sluice.architecture.planted.router.queue.NotNullMarked;
import dev.sluice.architecture.planted.router.queue.QueueManager;
import dev.sluice.architecture.planted.router.queue.WiresItself;
import java.time.Clock;
import java.util.Date;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;

/** What holds in every class, so that it can be found, wired and tested in one way. */
final class StyleRules {

    /** The modules that are ours to wire; what a user would write (examples) and the benchmarks' echo are not. */
    private static final String[] WIRED = {"common", "sdk", "frontend", "router", "host"};

    private StyleRules() {}

    static Stream<Rule> all() {
        return Stream.of(
                new Rule(
                        "Micrometer stays behind a port",
                        StyleRules::micrometerBehindAPort,
                        CountsWithMicrometer.class),
                new Rule(
                        "beans are made in *Configuration classes of config packages",
                        StyleRules::wiring,
                        WiresItself.class),
                new Rule("nothing is found by scanning", StyleRules::noStereotypes, FindsItself.class),
                new Rule("injection is by constructor", StyleRules::noFieldInjection, InjectsAField.class),
                new Rule("no tier reads a wall clock", StyleRules::noWallClock, ComparesWallClocks.class),
                new Rule("names are nouns of the field", StyleRules::names, QueueManager.class),
                new Rule("every package is null-marked", StyleRules::nullMarked, NotNullMarked.class));
    }

    /** Machines disagree on what time it is, and clocks are set: what is timed is timed by nanoTime, within one process. */
    private static ArchRule noWallClock(Layout modules) {
        return noClasses()
                .that()
                .resideInAnyPackage(modules.modules(WIRED))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time")))))
                .orShould()
                .callConstructor(Date.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class);
    }

    private static ArchRule micrometerBehindAPort(Layout modules) {
        return noClasses()
                .that()
                .resideInAnyPackage(modules.modules(WIRED))
                .and()
                .resideOutsideOfPackages("..metrics..", "..config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..");
    }

    private static ArchRule wiring(Layout modules) {
        return methods()
                .that()
                .areAnnotatedWith(Bean.class)
                .and()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(modules.modules(WIRED))
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage("..config..")
                .andShould()
                .beDeclaredInClassesThat()
                .haveSimpleNameEndingWith("Configuration");
    }

    private static ArchRule noStereotypes(Layout modules) {
        return noClasses()
                .that()
                .resideInAnyPackage(modules.modules(WIRED))
                .should(beAnnotatedWith(Component.class)
                        .or(beAnnotatedWith(Service.class))
                        .or(beAnnotatedWith(Repository.class)));
    }

    private static ArchRule noFieldInjection(Layout modules) {
        return noFields()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(modules.modules(WIRED))
                .should()
                .beAnnotatedWith(Autowired.class)
                .orShould()
                .beAnnotatedWith(Value.class);
    }

    private static ArchRule names(Layout modules) {
        return noClasses()
                .that()
                .resideInAPackage(modules.everything())
                .should()
                .haveNameMatching(".*(Manager|Utils?|Helper|Impl)(\\$.*)?");
    }

    private static ArchRule nullMarked(Layout modules) {
        return classes()
                .that()
                .resideInAPackage(modules.everything())
                .and()
                // JMH writes these next to each benchmark.
                .resideOutsideOfPackage("..jmh_generated..")
                .should(new ArchCondition<>("be in a null-marked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                        events.add(new SimpleConditionEvent(
                                type, marked, type.getName() + " is in a package without @NullMarked"));
                    }
                });
    }
}
