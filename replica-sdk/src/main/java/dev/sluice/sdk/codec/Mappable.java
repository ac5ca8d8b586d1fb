package dev.sluice.sdk.codec;

import dev.sluice.sdk.Content;
import dev.sluice.sdk.Result;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.reactivestreams.Publisher;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;

/**
 * Whether a type has a form in JSON at all. Jackson notices that late, at the first value, and takes a {@code Thread} or
 * a {@code Socket} for a bean; here it comes out when the actor is loaded.
 */
final class Mappable {

    private final JsonMapper json;

    Mappable(JsonMapper json) {
        this.json = json;
    }

    /** Why no value of this type can be made out of JSON; empty where one can. */
    Optional<String> inputProblem(JavaType type) {
        return inputProblem(type, new HashSet<>());
    }

    /** Why no value of this type can be written as JSON; empty where one may. */
    Optional<String> outputProblem(JavaType type) {
        Class<?> raw = type.getRawClass();
        if (type.isContainerType() || type.isReferenceType()) {
            return type.getContentType() == null ? Optional.empty() : outputProblem(type.getContentType());
        }
        if (isWrapper(raw)) {
            return Optional.of(raw.getSimpleName() + " cannot be inside another value");
        }
        if (raw == Content.class) {
            return Optional.of("Content is a whole result, not a part of one");
        }
        if (raw == Object.class || raw.isInterface() && !isJdk(raw)) {
            return Optional.empty();
        }
        try {
            ValueSerializer<?> serializer = json._serializationContext().findRootValueSerializer(type);
            boolean guess = serializer instanceof BeanSerializerBase || serializer instanceof UnknownSerializer;
            return guess && isJdk(raw) && !isOpen(raw)
                    ? Optional.of(raw.getSimpleName() + " has no form in JSON")
                    : Optional.empty();
        } catch (JacksonException refused) {
            return Optional.of(raw.getSimpleName() + " cannot be written as JSON: " + refused.getOriginalMessage());
        }
    }

    private Optional<String> inputProblem(JavaType type, Set<JavaType> seen) {
        if (!seen.add(type)) {
            return Optional.empty();
        }
        Class<?> raw = type.getRawClass();
        if (isWrapper(raw) || raw == Content.class) {
            return Optional.of(raw.getSimpleName() + " cannot be inside another value");
        }
        try {
            ValueDeserializer<?> deserializer = json._deserializationContext().findRootValueDeserializer(type);
            if (deserializer instanceof AbstractDeserializer) {
                return Optional.of(raw.getSimpleName() + " is abstract, and nothing says which class to make of JSON");
            }
            if (deserializer instanceof BeanDeserializerBase && isJdk(raw)) {
                return Optional.of(raw.getSimpleName() + " has no form in JSON");
            }
            if (type.getContentType() != null) {
                return inputProblem(type.getContentType(), seen);
            }
            return deserializer instanceof BeanDeserializerBase bean
                    ? propertyProblem(raw, bean, seen)
                    : Optional.empty();
        } catch (JacksonException refused) {
            return Optional.of(raw.getSimpleName() + " cannot be made out of JSON: " + refused.getOriginalMessage());
        }
    }

    private Optional<String> propertyProblem(Class<?> owner, BeanDeserializerBase bean, Set<JavaType> seen) {
        for (Iterator<SettableBeanProperty> properties = bean.properties(); properties.hasNext(); ) {
            SettableBeanProperty property = properties.next();
            if (property.hasValueTypeDeserializer() || property.isIgnorable()) {
                continue;
            }
            Optional<String> problem = inputProblem(property.getType(), seen);
            if (problem.isPresent()) {
                return problem.map(why -> owner.getSimpleName() + "." + property.getName() + ": " + why);
            }
        }
        return Optional.empty();
    }

    private static boolean isWrapper(Class<?> raw) {
        return Publisher.class.isAssignableFrom(raw)
                || CompletionStage.class.isAssignableFrom(raw)
                || Future.class.isAssignableFrom(raw)
                || Result.class.isAssignableFrom(raw);
    }

    private static boolean isJdk(Class<?> raw) {
        return raw.getClassLoader() == null || raw.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    /** Types of the JDK that say nothing of what a value is: it shows when there is one. */
    private static boolean isOpen(Class<?> raw) {
        return raw == Comparable.class || raw == Serializable.class || raw == Record.class;
    }
}
