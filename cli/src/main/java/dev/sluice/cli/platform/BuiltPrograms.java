package dev.sluice.cli.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The services as the build left them in the project, unpacked and with an archive of their classes. */
public final class BuiltPrograms implements Programs {

    private final Path project;
    private final Jdk jdk;
    private final JvmOptions jvmOptions;
    private final Progress progress;

    private BuiltPrograms(Path project, Jdk jdk, JvmOptions jvmOptions, Progress progress) {
        this.project = project;
        this.jdk = jdk;
        this.jvmOptions = jvmOptions;
        this.progress = progress;
    }

    public static BuiltPrograms of(Path project, Progress progress) {
        return of(project, Jdk.running(), progress);
    }

    public static BuiltPrograms of(Path project, Jdk jdk, Progress progress) {
        return new BuiltPrograms(project, jdk, new JvmOptions(jdk, System.getenv()), progress);
    }

    @Override
    public Program of(Tier tier) {
        Path jar = jar(tier);
        if (!Files.exists(jar)) {
            throw new PlatformException(jar + " is not there: ./mvnw -DskipTests package builds it.");
        }
        Path apps = project.resolve(".sluice/apps");
        try {
            Files.createDirectories(apps);
            return locked(apps, tier, () -> program(tier, apps, jar));
        } catch (IOException e) {
            throw new PlatformException("Cannot write to " + apps + ": " + e.getMessage());
        }
    }

    private Program program(Tier tier, Path apps, Path jar) {
        List<String> executable = new ArrayList<>(List.of(jdk.java().toString()));
        List<String> options = jvmOptions.of(tier);
        executable.addAll(options);
        AppImage image = AppImage.of(apps, jar, jdk);
        ClassArchive archive = new ClassArchive(image, jdk, options);
        if (!archive.exists()) {
            make(archive, tier, apps);
        }
        if (archive.exists()) {
            executable.add(archive.use());
        }
        return new Program(image.directory(), executable, List.of("-jar", image.jar()));
    }

    /** It only saves time: a service whose archive cannot be made starts without, or says itself what is wrong. */
    private void make(ClassArchive archive, Tier tier, Path apps) {
        progress.changed(tier.word(), Progress.State.PREPARING, "an archive of its classes, once");
        try {
            archive.make(apps.resolve(tier.word() + "-archive.log"));
            progress.changed(tier.word(), Progress.State.PREPARED, "");
        } catch (PlatformException e) {
            progress.changed(tier.word(), Progress.State.PREPARED, "without an archive. " + e.getMessage());
        }
    }

    private Path jar(Tier tier) {
        String module = switch (tier) {
            case FRONTEND -> "frontend-service";
            case ROUTER -> "router-service";
            case HOST -> "replica-service";
        };
        return project.resolve(module).resolve("target/sluice-" + module + "-exec.jar");
    }

    /** Another terminal, or a test, may prepare the same image at the same time. */
    private static Program locked(Path apps, Tier tier, Supplier<Program> preparation) throws IOException {
        Path file = apps.resolve(tier.word() + ".lock");
        // The lock of a file is between processes, the monitor between threads of this one.
        synchronized (tier) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                return preparation.get();
            }
        }
    }
}
