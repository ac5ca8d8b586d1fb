package dev.sluice.examples.digits.training;

import ai.onnx.proto.OnnxMl;
import dev.sluice.examples.digits.DigitFeatures;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Multinomial logistic regression over the features of drawings. The same drawings give the same model. */
final class DigitTrainer {

    private static final double LEARNING_RATE = 0.3;
    private static final int EPOCHS = 4;
    private static final int MINIBATCH = 1;
    private static final long SEED = 42;

    /** Held here, since the log framework would forget the level of a logger that nobody holds. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    private static final LabelFactory LABELS = new LabelFactory();

    /** In the order of the names, which is Tribuo's, so that a feature keeps its column. */
    private static final String[] NAMES = IntStream.range(0, DigitFeatures.WIDTH)
            .mapToObj(column -> String.format("%04d", column))
            .toArray(String[]::new);

    private DigitTrainer() {}

    static DigitModel train(List<Drawings.Seen> drawings) {
        MutableDataset<Label> examples =
                new MutableDataset<>(new SimpleDataSourceProvenance("drawn digits", LABELS), LABELS);
        for (Drawings.Seen drawing : drawings) {
            double[] values = new double[NAMES.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = drawing.features()[i];
            }
            examples.add(new ArrayExample<>(new Label(String.valueOf(drawing.digit())), NAMES, values));
        }
        LinearSGDModel model = new LinearSGDTrainer(
                        new LogMulticlass(), new AdaGrad(LEARNING_RATE), EPOCHS, Integer.MAX_VALUE, MINIBATCH, SEED)
                .train(examples);
        if (model.getFeatureIDMap().size() != DigitFeatures.WIDTH) {
            throw new IllegalStateException("Tribuo kept " + model.getFeatureIDMap().size() + " features of "
                    + DigitFeatures.WIDTH);
        }
        return new DigitModel(withoutDates(model.exportONNXModel("dev.sluice.examples", 1)), labels(model));
    }

    /** Tribuo notes when and how it trained; without that the same build gives the same bytes. */
    private static byte[] withoutDates(OnnxMl.ModelProto model) {
        return model.toBuilder().clearMetadataProps().clearDocString().build().toByteArray();
    }

    private static List<String> labels(LinearSGDModel model) {
        return IntStream.range(0, model.getOutputIDInfo().size())
                .mapToObj(column -> model.getOutputIDInfo().getOutput(column).getLabel())
                .toList();
    }
}
