package dev.sluice.sdk.load;

import dev.sluice.sdk.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.asm.AnnotationVisitor;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;

/** Finds the actors in the jars of a folder. Each jar has a class loader of its own below the host's. */
public final class ActorJars {

    private static final Logger log = LoggerFactory.getLogger(ActorJars.class);
    private static final String ACTOR = Type.getDescriptor(Actor.class);

    private ActorJars() {}

    /** The classes with {@link Actor} in all jars of the folder. A file that is no jar is said in the log and left out. */
    public static List<Class<?>> in(Path folder, ClassLoader parent) {
        if (!Files.isDirectory(folder)) {
            log.warn(
                    "The actors folder {} is not there (sluice.host.actors-dir), so this host runs none from jars.",
                    folder.toAbsolutePath());
            return List.of();
        }
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            files.forEach(jars::add);
        } catch (IOException e) {
            log.error("The actors folder {} cannot be read: {}", folder.toAbsolutePath(), e.getMessage());
        }
        Collections.sort(jars);
        List<Class<?>> found = new ArrayList<>();
        for (Path jar : jars) {
            found.addAll(load(jar, parent));
        }
        return found;
    }

    private static List<Class<?>> load(Path jar, ClassLoader parent) {
        List<Class<?>> actors = new ArrayList<>();
        try {
            List<String> names = names(jar);
            URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, parent);
            for (String name : names) {
                load(name, loader, jar).ifPresent(actors::add);
            }
            log.info("Found {} actors in {}.", actors.size(), jar.getFileName());
        } catch (IOException e) {
            log.error(
                    "{} in the actors folder is not a jar that can be read ({}); put a jar there, or take the file away.",
                    jar.getFileName(),
                    e.getMessage());
        }
        return actors;
    }

    /** One that cannot be loaded leaves the others of its jar alone. */
    private static Optional<Class<?>> load(String name, ClassLoader loader, Path jar) {
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (UnsupportedClassVersionError e) {
            log.error(
                    "The actor {} in {} is for a newer Java than the {} that this host runs on: build it with --release {}.",
                    name,
                    jar.getFileName(),
                    Runtime.version().feature(),
                    Runtime.version().feature());
        } catch (ClassNotFoundException | LinkageError | SecurityException e) {
            log.error(
                    "The actor {} in {} cannot be loaded, since it is damaged or something that it needs is missing: {}."
                            + " Pack what is missing into the jar, or put it on the host's class path.",
                    name,
                    jar.getFileName(),
                    e.toString());
        }
        return Optional.empty();
    }

    private static List<String> names(Path jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    actorIn(file, entry, jar).ifPresent(names::add);
                }
            }
        }
        return names;
    }

    private static Optional<String> actorIn(JarFile file, JarEntry entry, Path jar) throws IOException {
        try (InputStream bytes = file.getInputStream(entry)) {
            ClassReader reader = new ClassReader(bytes);
            return isActor(reader)
                    ? Optional.of(Type.getObjectType(reader.getClassName()).getClassName())
                    : Optional.empty();
        } catch (RuntimeException e) { // of whatever kind the reader stumbles into
            log.warn(
                    "Skipped {} in {}, which is damaged or for a Java that is too new to be read ({}).",
                    entry.getName(),
                    jar.getFileName(),
                    e.toString());
            return Optional.empty();
        }
    }

    private static boolean isActor(ClassReader reader) {
        boolean[] found = new boolean[1];
        reader.accept(
                new ClassVisitor(SpringAsmInfo.ASM_VERSION) {
                    @Override
                    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
                        found[0] |= descriptor.equals(ACTOR);
                        return null;
                    }
                },
                ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return found[0];
    }
}
