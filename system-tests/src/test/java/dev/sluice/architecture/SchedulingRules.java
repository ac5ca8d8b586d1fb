package dev.sluice.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import dev.sluice.architecture.planted.scheduling.AsksTheCalendar;
import dev.sluice.architecture.planted.scheduling.KnowsReactor;
import dev.sluice.architecture.planted.scheduling.ReadsTheClock;
import dev.sluice.architecture.planted.scheduling.StartsAThread;
import java.time.Clock;
import java.util.Timer;
import java.util.stream.Stream;

/** The scheduling core is plain Java that takes time as an argument. */
final class SchedulingRules {

    private SchedulingRules() {}

    static Stream<Rule> all() {
        return Stream.of(
                new Rule("scheduling is plain Java", SchedulingRules::plainJava, KnowsReactor.class),
                new Rule("scheduling reads no nano time", SchedulingRules::noClock, ReadsTheClock.class),
                new Rule("scheduling reads no calendar", SchedulingRules::noClock, AsksTheCalendar.class),
                new Rule("scheduling owns no threads", SchedulingRules::noThreads, StartsAThread.class));
    }

    private static ArchRule plainJava(Layout modules) {
        return classes()
                .that()
                .resideInAnyPackage(modules.modules("scheduling"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        modules.modules("scheduling")[0],
                        modules.modules("common")[0], // that one is the module rule's to refuse
                        "java.lang..",
                        "java.io",
                        "java.math",
                        "java.time",
                        "java.util",
                        "java.util.concurrent",
                        "java.util.function",
                        "java.util.stream",
                        "org.jspecify..");
    }

    private static ArchRule noClock(Layout modules) {
        return noClasses()
                .that()
                .resideInAnyPackage(modules.modules("scheduling"))
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethodWhere(target(name("now")).and(target(owner(resideInAPackage("java.time")))))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class);
    }

    private static ArchRule noThreads(Layout modules) {
        return noClasses()
                .that()
                .resideInAnyPackage(modules.modules("scheduling"))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Timer.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .orShould()
                .dependOnClassesThat()
                // Of java.util.concurrent only the unit of time: no executors, futures, locks, atomics, shared
                // randomness.
                .haveNameMatching("java\\.util\\.concurrent\\.(?!TimeUnit$).*");
    }
}
