package dev.sluice.common.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Classes that are compiled while a test runs, and packed into a jar: what a user would bring. */
public final class CompiledJar {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /**
     * Compiles sources that know the classes beside these ones.
     *
     * @param classPath a class of each place that they need
     * @param sources one class each, whose name is the word after {@code class}
     */
    public static CompiledJar of(List<Class<?>> classPath, String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        CompiledJar jar = new CompiledJar();
        String places = classPath.stream()
                .map(CompiledJar::place)
                .collect(Collectors.joining(System.getProperty("path.separator")));
        JavaFileManager files = jar.new Output(compiler.getStandardFileManager(null, null, null));
        List<Source> units = Arrays.stream(sources).map(Source::new).toList();
        List<String> options = List.of("-cp", places, "-proc:none", "-parameters");
        if (!compiler.getTask(null, files, null, options, null, units).call()) {
            throw new IllegalArgumentException("the sources do not compile");
        }
        return jar;
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Leaves classes out, as a jar that was packed without what it needs. */
    public CompiledJar without(Predicate<String> name) {
        entries.keySet().removeIf(name);
        return this;
    }

    public CompiledJar with(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    public byte[] entry(String name) {
        return entries.get(name);
    }

    public Path writeTo(Path file) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
            }
        }
        return file;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///" + name(text) + ".java"), Kind.SOURCE);
            this.text = text;
        }

        private static String name(String text) {
            return text.replaceFirst("(?s).*?\\bclass\\s+(\\w+).*", "$1");
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private final class Output extends ForwardingJavaFileManager<JavaFileManager> {

        Output(JavaFileManager manager) {
            super(manager);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            String name = className.replace('.', '/') + kind.extension;
            return new SimpleJavaFileObject(URI.create("mem:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            entries.put(name, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
