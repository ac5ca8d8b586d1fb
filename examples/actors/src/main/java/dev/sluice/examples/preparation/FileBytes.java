package dev.sluice.examples.preparation;

import dev.sluice.examples.filetype.FileEnds;
import dev.sluice.sdk.Actor;
import dev.sluice.sdk.Content;
import java.nio.IntBuffer;

/** Makes of any file the row of bytes that the model magika takes. */
@Actor(value = "file-bytes", idempotent = true, description = "any file: its ends, as magika takes them")
public class FileBytes {

    /** The model's inputs by name. */
    @SuppressWarnings("ArrayRecordComponent") // written once
    public record Row(int[] bytes) {}

    public Row call(Content file) {
        int[] row = new int[FileEnds.WIDTH];
        FileEnds.write(file.bytes(), IntBuffer.wrap(row));
        return new Row(row);
    }
}
