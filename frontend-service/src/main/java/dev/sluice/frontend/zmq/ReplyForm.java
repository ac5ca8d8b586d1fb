package dev.sluice.frontend.zmq;

import dev.sluice.common.error.Failure;
import dev.sluice.frontend.query.Answer;
import java.util.List;

/** How replies look on the wire: the frames after the return path. */
interface ReplyForm {

    /** The only result; takes its body over. */
    List<byte[]> answer(Answer answer);

    /** One of several results; takes its body over. */
    List<byte[]> item(Answer answer);

    /** After the last of several results. */
    List<byte[]> end();

    List<byte[]> failed(Failure failure);
}
