package dev.sluice.common.tensor;

import dev.sluice.common.tensor.InferRequest.Asked;
import dev.sluice.common.tensor.InferRequest.Form;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.util.TokenBuffer;

/** A request as it is read from JSON. Holds what was read until all of it was. */
final class RequestBuilder {

    private final ByteBufAllocator allocator;
    private final List<TensorSpec> declared;
    private final boolean requests;
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<InputBuilder> inputs = new ArrayList<>();
    private final List<Asked> outputs = new ArrayList<>();
    private final Set<String> others = new HashSet<>();
    private BinaryParameters parameters = BinaryParameters.NONE;
    private String id = "";
    private boolean protocol;

    /** @param requests whether nothing but a request of the protocol will do: then its members are that, whatever inputs are called */
    RequestBuilder(ByteBufAllocator allocator, List<TensorSpec> declared, boolean requests) {
        this.allocator = allocator;
        this.requests = requests;
        this.declared = declared;
    }

    InferRequest read(JsonParser json, ByteBuf binary) {
        Form form;
        JsonToken first = json.nextToken();
        if (requests && first != JsonToken.START_OBJECT) {
            throw noRequest();
        }
        if (first == JsonToken.START_OBJECT) {
            members(json);
            form = protocol ? Form.INFER : Form.NAMED;
        } else {
            only(json);
            form = Form.PLAIN;
        }
        if (json.nextToken() != null) {
            throw Invalid.input("The input is not valid JSON: something follows after its end.");
        }
        if (protocol) {
            build(binary);
        } else if (requests) {
            throw noRequest();
        } else {
            refuseOthers();
        }
        return new InferRequest(form, id, tensors, outputs, parameters.all().orElse(false));
    }

    private void only(JsonParser json) {
        if (declared.size() != 1) {
            throw Invalid.input("The model has " + declared.size() + " inputs, " + declared
                    + ": write an object with a member for each.");
        }
        tensors.add(plain(json, declared.get(0)));
    }

    private void members(JsonParser json) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            TensorSpec spec = spec(name);
            if (name.equals("inputs") && spec == null) {
                inputs(json);
            } else if (name.equals("inputs") && spec != null) {
                either(json, spec);
            } else if (spec != null) {
                tensors.add(plain(json, spec));
            } else {
                other(json, name);
            }
        }
    }

    /** An id that is null is none; a number is taken as it is written. */
    private static boolean isText(JsonToken value) {
        return value.isScalarValue() && value != JsonToken.VALUE_NULL;
    }

    private void other(JsonParser json, String name) {
        others.add(name);
        switch (name) {
            case "id" -> id = isText(json.currentToken()) ? json.getString() : "";
            case "parameters" -> parameters = BinaryParameters.of(json);
            case "outputs" -> outputs(json);
            default -> json.skipChildren();
        }
    }

    /** Of a model that has an input of this very name: what is in the array tells which is meant. */
    private void either(JsonParser json, TensorSpec spec) {
        TokenBuffer kept = TokenBuffer.forGeneration();
        kept.copyCurrentStructure(json);
        try (JsonParser look = kept.asParser();
                JsonParser again = kept.asParser()) {
            boolean array = look.nextToken() == JsonToken.START_ARRAY;
            boolean objects = array && look.nextToken() == JsonToken.START_OBJECT;
            again.nextToken();
            if (objects) {
                inputs(again);
            } else {
                tensors.add(plain(again, spec));
            }
        }
    }

    private void inputs(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw Invalid.input("The member \"inputs\" is no array of inputs.");
        }
        protocol = true;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw Invalid.input("An element of \"inputs\" is no object with name, datatype, shape and data.");
            }
            InputBuilder input = new InputBuilder(allocator);
            inputs.add(input);
            input.read(json);
        }
    }

    private void outputs(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw Invalid.input("The member \"outputs\" is no array of outputs.");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw Invalid.input("An element of \"outputs\" is no object with a name.");
            }
            outputs.add(asked(json));
        }
    }

    private static Asked asked(JsonParser json) {
        String name = null;
        Optional<Boolean> binary = Optional.empty();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String member = json.currentName();
            JsonToken value = json.nextToken();
            if (member.equals("name") && value == JsonToken.VALUE_STRING) {
                name = json.getString();
            } else if (member.equals("parameters")) {
                binary = BinaryParameters.of(json).asked();
            } else {
                json.skipChildren();
            }
        }
        if (name == null) {
            throw Invalid.input("An element of \"outputs\" has no name.");
        }
        return new Asked(name, binary);
    }

    private void build(ByteBuf binary) {
        if (!tensors.isEmpty()) {
            throw Invalid.input("The input '" + tensors.get(0).name() + "' stands both in \"inputs\" and beside it.");
        }
        for (InputBuilder input : inputs) {
            tensors.add(input.build(binary));
        }
        if (binary.isReadable()) {
            throw Invalid.input(binary.readableBytes() + " bytes follow after the binary data of the last input.");
        }
    }

    private RuntimeException noRequest() {
        return Invalid.input("The JSON part is no request: it is no object with the array \"inputs\". The model takes "
                + declared + ".");
    }

    private void refuseOthers() {
        if (!others.isEmpty()) {
            throw Invalid.input(
                    "The model has no input '" + others.iterator().next() + "'; it takes " + declared + ".");
        }
    }

    private Tensor plain(JsonParser json, TensorSpec spec) {
        ByteBuf data = allocator.directBuffer();
        boolean complete = false;
        try {
            Tensor tensor =
                    new Tensor(spec.name(), spec.type(), JsonElements.read(json, spec.type(), data, spec.name()), data);
            complete = true;
            return tensor;
        } finally {
            if (!complete) {
                data.release();
            }
        }
    }

    private @Nullable TensorSpec spec(String name) {
        if (requests) {
            return null;
        }
        for (TensorSpec spec : declared) {
            if (spec.name().equals(name)) {
                return spec;
            }
        }
        return null;
    }

    void release() {
        tensors.forEach(Tensor::release);
        tensors.clear();
        inputs.forEach(InputBuilder::release);
    }
}
