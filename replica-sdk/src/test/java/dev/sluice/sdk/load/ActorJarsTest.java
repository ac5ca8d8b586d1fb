package dev.sluice.sdk.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.common.testing.CompiledJar;
import dev.sluice.sdk.Actor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.asm.Type;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ActorJarsTest {

    private static final String GOOD =
            "@dev.sluice.sdk.Actor(\"good\") class Good { public int call(int input) { return input; } }";
    private static final String OTHER =
            "@dev.sluice.sdk.Actor(\"other\") class Other { public int call(int input) { return input; } }";

    @TempDir
    private Path folder;

    private List<Class<?>> found() {
        return ActorJars.in(folder, ActorJarsTest.class.getClassLoader());
    }

    private static CompiledJar jar(String... sources) {
        return CompiledJar.of(List.of(Actor.class), sources);
    }

    @Test
    void findsTheActorsOfAllJarsInOrder() throws Exception {
        jar(OTHER).writeTo(folder.resolve("b.jar"));
        jar(GOOD, "class Plain { }").writeTo(folder.resolve("a.jar"));
        assertThat(found()).extracting(Class::getName).containsExactly("Good", "Other");
    }

    @Test
    void givesEachJarAClassLoaderOfItsOwnBelowTheHosts() throws Exception {
        jar(GOOD).writeTo(folder.resolve("a.jar"));
        jar(OTHER, "class Plain { }").writeTo(folder.resolve("b.jar"));
        ClassLoader first = found().get(0).getClassLoader();
        assertThat(first.loadClass(Actor.class.getName())).isSameAs(Actor.class);
        assertThat(found().get(1).getClassLoader().loadClass("Plain")).isNotNull();
        assertThat(catchThrowable(() -> first.loadClass("Plain"))).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void findsNothingInAnEmptyFolder(CapturedOutput output) {
        assertThat(found()).isEmpty();
        assertThat(output).doesNotContain("ERROR").doesNotContain("WARN");
    }

    @Test
    void saysThatAFolderIsNotThere(CapturedOutput output) {
        Path missing = folder.resolve("missing");
        assertThat(ActorJars.in(missing, ActorJarsTest.class.getClassLoader())).isEmpty();
        assertThat(output).contains(missing.toString()).contains("is not there").contains("sluice.host.actors-dir");
    }

    @Test
    void saysWhatIsNoJarAndLoadsTheRest(CapturedOutput output) throws Exception {
        Files.writeString(folder.resolve("a.jar"), "this is no jar");
        Files.createFile(folder.resolve("b.jar"));
        Files.createDirectory(folder.resolve("c.jar"));
        Files.writeString(folder.resolve("readme.txt"), "nor is this, and nobody says it is");
        jar(GOOD).writeTo(folder.resolve("d.jar"));
        assertThat(found()).extracting(Class::getName).containsExactly("Good");
        assertThat(output)
                .contains("a.jar in the actors folder is not a jar")
                .contains("b.jar in the actors folder is not a jar")
                .contains("c.jar in the actors folder is not a jar")
                .doesNotContain("readme.txt")
                .doesNotContain("\tat ");
    }

    @Test
    void leavesOutAClassThatNeedsWhatIsMissingAndLoadsTheOthersOfItsJar(CapturedOutput output) throws Exception {
        jar(GOOD, "class Base { }", "@dev.sluice.sdk.Actor(\"lost\") class Lost extends Base { }")
                .without("Base.class"::equals)
                .writeTo(folder.resolve("a.jar"));
        assertThat(found()).extracting(Class::getName).containsExactly("Good");
        assertThat(output)
                .contains("The actor Lost in a.jar cannot be loaded")
                .contains("Base")
                .doesNotContain("\tat ");
    }

    @Test
    void leavesOutAClassThatIsDamaged(CapturedOutput output) throws Exception {
        CompiledJar jar = jar(GOOD, OTHER);
        byte[] damaged = jar.entry("Other.class").clone();
        Arrays.fill(damaged, 10, damaged.length, (byte) 0xFF);
        jar.with("Other.class", damaged)
                .with("Empty.class", new byte[0])
                .with("Text.class", "not a class".getBytes(StandardCharsets.UTF_8))
                .writeTo(folder.resolve("a.jar"));
        assertThat(found()).extracting(Class::getName).containsExactly("Good");
        assertThat(output)
                .contains("Skipped Other.class in a.jar")
                .contains("Skipped Empty.class")
                .contains("Skipped Text.class")
                .doesNotContain("\tat ");
    }

    @Test
    void leavesOutAClassInAPackageThatIsNotItsOwn(CapturedOutput output) throws Exception {
        ClassWriter bytes = new ClassWriter(0);
        bytes.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "java/odd/Odd", null, "java/lang/Object", null);
        bytes.visitAnnotation(Type.getDescriptor(Actor.class), true).visitEnd();
        bytes.visitEnd();
        jar(GOOD).with("java/odd/Odd.class", bytes.toByteArray()).writeTo(folder.resolve("a.jar"));
        assertThat(found()).extracting(Class::getName).containsExactly("Good");
        assertThat(output)
                .contains("The actor java.odd.Odd in a.jar cannot be loaded")
                .doesNotContain("\tat ");
    }

    @Test
    void saysThatAnActorIsForANewerJava(CapturedOutput output) throws Exception {
        CompiledJar jar = jar(GOOD, OTHER);
        byte[] newer = jar.entry("Other.class").clone();
        newer[7] = (byte) (44 + Runtime.version().feature() + 1);
        jar.with("Other.class", newer).writeTo(folder.resolve("a.jar"));
        assertThat(found()).extracting(Class::getName).containsExactly("Good");
        assertThat(output).contains("--release " + Runtime.version().feature()).doesNotContain("\tat ");
    }

    @Test
    void leavesOutWhatOnlySeemsToBeAnActor() throws Exception {
        jar("class Plain { @Deprecated int call(int input) { return input; } }")
                .with("META-INF/versions/21/Good.class", jar(GOOD).entry("Good.class"))
                .writeTo(folder.resolve("a.jar"));
        assertThat(found()).isEmpty();
    }
}
