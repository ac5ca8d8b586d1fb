package dev.sluice.examples.digits.training;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The build step that makes the digit recognisers: draws, trains, examines each with drawings that it has not seen,
 * prints how it did, and fails the build where it reads fewer than 95 of 100. Does nothing while they are up to date.
 */
public final class TrainDigits {

    private static final double LEAST_ACCURACY = 0.95;
    private static final int LESSONS = 4_200;
    private static final int EXAMS = 800;
    private static final Distortion DISTORTION = new Distortion(0.06, 15, 0.3);
    private static final long LEARN_SEED = 1_000_000;
    private static final long EXAM_SEED = 2_000_000;

    private TrainDigits() {}

    /** @param args the folder of compiled classes, which the model is put into */
    public static void main(String[] args) throws IOException, OrtException {
        Path classes = Path.of(args[0]);
        Path folder = classes.resolve("dev/sluice/examples/digits");
        Path model = folder.resolve("digits.onnx");
        Path ofHandwriting = folder.resolve("handwriting.onnx");
        Path trainedFrom = classes.resolveSibling("digits.fingerprint");
        String fingerprint = Fingerprint.of(folder);
        if (Files.exists(model)
                && Files.exists(ofHandwriting)
                && Files.exists(trainedFrom)
                && Files.readString(trainedFrom).equals(fingerprint)) {
            System.out.println("digits: the model is up to date");
            return;
        }
        System.setProperty("java.awt.headless", "true");
        List<Hand> all = Hands.toLearnFrom();
        write(folder, "digits", train(all, examiners(all)));
        List<Hand> pens = List.copyOf(Hands.pens());
        write(folder, "handwriting", train(pens, Map.of("pens it has not seen", Hands.unseenPens())));
        Files.writeString(trainedFrom, fingerprint);
    }

    private static void write(Path folder, String name, DigitModel trained) throws IOException {
        Files.write(folder.resolve(name + ".onnx"), trained.onnx());
        Files.write(folder.resolve(name + ".labels.txt"), trained.labels());
    }

    private static DigitModel train(List<Hand> hands, Map<String, List<Hand>> examiners)
            throws IOException, OrtException {
        long start = System.nanoTime();
        List<Drawings.Seen> lessons = Drawings.draw(hands, DISTORTION, LESSONS, LEARN_SEED);
        long drawn = System.nanoTime();
        DigitModel model = DigitTrainer.train(lessons);
        long trained = System.nanoTime();
        System.out.printf(
                Locale.ROOT,
                "digits: drew %,d digits by %d hands in %.1f s, trained in %.1f s, %,d bytes%n",
                lessons.size(),
                hands.size(),
                seconds(drawn - start),
                seconds(trained - drawn),
                model.onnx().length);
        examine(model, examiners, EXAMS, System.out::println);
        return model;
    }

    private static Map<String, List<Hand>> examiners(List<Hand> known) throws IOException {
        Map<String, List<Hand>> examiners = new LinkedHashMap<>();
        examiners.put("hands it has seen", known);
        examiners.put("typefaces it has not seen", Hands.unseenTypefaces());
        examiners.put("pens it has not seen", Hands.unseenPens());
        return examiners;
    }

    static void examine(
            DigitModel model, Map<String, List<Hand>> examiners, int exams, Consumer<String> report)
            throws OrtException {
        List<String> failed = new ArrayList<>();
        long seed = EXAM_SEED;
        for (Map.Entry<String, List<Hand>> examiner : examiners.entrySet()) {
            double accuracy = model.accuracy(Drawings.draw(examiner.getValue(), DISTORTION, exams, seed));
            seed += EXAM_SEED;
            report.accept(String.format(
                    Locale.ROOT,
                    "digits: %.2f %% of %,d held-out drawings by %s", 100 * accuracy, exams, examiner.getKey()));
            if (accuracy < LEAST_ACCURACY) {
                failed.add(examiner.getKey());
            }
        }
        if (!failed.isEmpty()) {
            throw new IllegalStateException("the digit recogniser reads fewer than 95 % of drawings by "
                    + String.join(" and by ", failed));
        }
    }

    private static double seconds(long nanos) {
        return Duration.ofNanos(nanos).toMillis() / 1_000.0;
    }
}
