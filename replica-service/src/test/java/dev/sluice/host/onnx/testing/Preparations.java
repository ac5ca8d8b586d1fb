package dev.sluice.host.onnx.testing;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/** Makes of files what public models take. */
public final class Preparations {

    private static final int HEIGHT = 48;
    private static final int BLOCK = 4_096;
    private static final int END = 1_024;
    private static final int CHUNK = 512;
    private static final int BEFORE = 64;

    private Preparations() {}

    /** @param values row by row */
    public record Floats(long[] shape, float[] values) {}

    /** Both ends of a file, as magika sees it. */
    public static int[] ofFile(byte[] file) {
        int[] row = new int[2 * END];
        Arrays.fill(row, 256);
        int limit = Math.min(file.length, BLOCK);
        int start = 0;
        while (start < limit && isSpace(file[start])) {
            start++;
        }
        for (int i = 0; i < Math.min(END, limit - start); i++) {
            row[i] = file[start + i] & 0xFF;
        }
        int floor = Math.max(0, file.length - BLOCK);
        int end = file.length;
        while (end > floor && isSpace(file[end - 1])) {
            end--;
        }
        int count = Math.min(END, end - floor);
        for (int i = 0; i < count; i++) {
            row[row.length - count + i] = file[end - count + i] & 0xFF;
        }
        return row;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }

    /** A picture of a line of text, as the reader takes it: three planes, blue first. */
    public static Floats ofLine(Path picture) throws IOException {
        BufferedImage read = ImageIO.read(picture.toFile());
        int width = (int) Math.ceil((double) HEIGHT * read.getWidth() / read.getHeight());
        BufferedImage image = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        canvas.drawImage(read, 0, 0, width, HEIGHT, null);
        canvas.dispose();
        float[] values = new float[3 * HEIGHT * width];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = image.getRGB(x, y);
                for (int plane = 0; plane < 3; plane++) {
                    float value = (rgb >> 8 * plane & 0xFF) / 255f;
                    values[(plane * HEIGHT + y) * width + x] = (value - 0.5f) / 0.5f;
                }
            }
        }
        return new Floats(new long[] {1, 3, HEIGHT, width}, values);
    }

    /** Greedy: class 0 is nothing, then the alphabet, then a space; what is said twice in a row counts once. */
    public static String read(float[] probabilities, String alphabet) {
        List<String> letters = alphabet.lines().toList();
        int classes = letters.size() + 2;
        StringBuilder text = new StringBuilder();
        int before = 0;
        for (int step = 0; step < probabilities.length / classes; step++) {
            int best = best(probabilities, step * classes, classes);
            if (best != 0 && best != before) {
                text.append(best <= letters.size() ? letters.get(best - 1) : " ");
            }
            before = best;
        }
        return text.toString();
    }

    public static int best(float[] values, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (values[from + i] > values[from + best]) {
                best = i;
            }
        }
        return best;
    }

    /** The samples of a WAV file of 16 bits, from -1 to 1. */
    public static float[] ofSound(Path wav) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        int at = 12;
        while (bytes.getInt(at) != 0x61746164) {
            at += 8 + bytes.getInt(at + 4);
        }
        int samples = bytes.getInt(at + 4) / Short.BYTES;
        float[] sound = new float[samples];
        for (int i = 0; i < samples; i++) {
            sound[i] = bytes.getShort(at + 8 + i * Short.BYTES) / 32_768f;
        }
        return sound;
    }

    /** 512 samples and the 64 before them; zeros where there are none. */
    public static float[] chunk(float[] sound, int number) {
        float[] chunk = new float[BEFORE + CHUNK];
        int from = number * CHUNK - BEFORE;
        for (int i = 0; i < chunk.length; i++) {
            chunk[i] = from + i >= 0 && from + i < sound.length ? sound[from + i] : 0;
        }
        return chunk;
    }
}
