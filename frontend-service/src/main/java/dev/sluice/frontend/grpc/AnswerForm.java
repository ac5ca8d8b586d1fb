package dev.sluice.frontend.grpc;

import dev.sluice.common.error.QueryException;
import dev.sluice.frontend.query.Answer;
import inference.ModelInferRequest;
import inference.ModelInferResponse;

/**
 * How a request is to be answered.
 *
 * @param id of the request, as it is to be repeated
 * @param model its name, likewise
 * @param body whether with a body of a media type, and not with tensors
 */
record AnswerForm(String id, String model, boolean body) {

    static AnswerForm of(ModelInferRequest request) {
        return new AnswerForm(
                request.getId(),
                request.getModelName(),
                request.getParametersMap().containsKey(MediaBody.PARAMETER));
    }

    /**
     * The answer as a message that is good for as long as the answer's body is.
     *
     * @throws QueryException {@code FAILED} for what is no answer of this protocol
     */
    ModelInferResponse.Builder message(Answer answer) {
        return body ? MediaBody.answer(answer).setModelName(model).setId(id) : AnswerMessage.of(answer, id);
    }
}
