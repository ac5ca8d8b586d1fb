package dev.sluice.sdk.config;

import dev.sluice.common.config.SettingRefused;
import dev.sluice.sdk.actor.ActorType;
import dev.sluice.sdk.actor.InvalidActorException;
import dev.sluice.sdk.annotated.AnnotatedActors;
import dev.sluice.sdk.load.ActorClasses;
import dev.sluice.sdk.load.ActorJars;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;

/** The actors that were found for this host, before configuration says anything of them. */
record ActorTypes(List<ActorType> types) {

    private static final Logger log = LoggerFactory.getLogger(ActorTypes.class);

    ActorTypes {
        types = List.copyOf(types);
    }

    /**
     * @param packages of the application, whose own actors are refused with a sentence where they cannot be served
     * @param jars a folder of jars, whose actors are left out with a sentence; null: none
     */
    static ActorTypes in(Collection<String> packages, @Nullable Path jars, AnnotatedActors annotated) {
        ClassLoader loader =
                Objects.requireNonNullElse(ClassUtils.getDefaultClassLoader(), ActorTypes.class.getClassLoader());
        List<ActorType> types = new ArrayList<>();
        for (Class<?> type : ActorClasses.in(packages, loader)) {
            types.add(own(type, annotated));
        }
        if (jars != null) {
            for (Class<?> type : ActorJars.in(jars, loader)) {
                try {
                    types.add(annotated.of(type));
                } catch (InvalidActorException e) {
                    log.error("Left out the actor {} in {}: {}", type.getName(), jar(type), e.getMessage());
                } catch (RuntimeException e) { // reflection throws many kinds where a class is damaged
                    log.error(
                            "Left out the actor {} in {}: it cannot be read ({}).",
                            type.getName(),
                            jar(type),
                            e.toString());
                }
            }
        }
        return new ActorTypes(types);
    }

    /** Its author is the one who starts it. */
    private static ActorType own(Class<?> type, AnnotatedActors annotated) {
        try {
            return annotated.of(type);
        } catch (InvalidActorException e) {
            throw new SettingRefused(String.valueOf(e.getMessage()), "Correct the class " + type.getName() + ".");
        }
    }

    private static String jar(Class<?> type) {
        URI place = URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString());
        return String.valueOf(Path.of(place).getFileName());
    }
}
