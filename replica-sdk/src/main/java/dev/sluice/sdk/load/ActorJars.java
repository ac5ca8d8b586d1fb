package dev.sluice.sdk.load;

import dev.sluice.sdk.Actor;
import java.io.File;
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
        try {
            List<String> names = names(jar);
            URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, parent);
            List<Class<?>> classes = new ArrayList<>();
            for (String name : names) {
                classes.add(Class.forName(name, false, loader));
            }
            log.info("Found {} actors in {}.", classes.size(), jar.getFileName());
            return classes;
        } catch (IOException e) {
            log.error(
                    "{} in the actors folder is not a jar that can be read ({}); put a jar there, or take the file away.",
                    jar.getFileName(),
                    e.getMessage());
        } catch (ClassNotFoundException | LinkageError e) {
            log.error(
                    "The actors in {} cannot be loaded, since something that they need is missing: {}. Pack it into the"
                            + " jar, or put it on the host's class path.",
                    jar.getFileName(),
                    e.toString());
        }
        return List.of();
    }

    private static List<String> names(Path jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (JarFile file = new JarFile(new File(jar.toString()))) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (entry.getName().endsWith(".class") && !entry.getName().startsWith("META-INF/")) {
                    try (InputStream bytes = file.getInputStream(entry)) {
                        ClassReader reader = new ClassReader(bytes);
                        if (isActor(reader)) {
                            names.add(Type.getObjectType(reader.getClassName()).getClassName());
                        }
                    } catch (IllegalArgumentException e) {
                        log.debug("Skipped {}, which is for a newer Java.", entry.getName());
                    }
                }
            }
        }
        return names;
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
