package dev.sluice.sdk.load;

import dev.sluice.sdk.Actor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** Finds the actors among the classes of a Boot application. */
public final class ActorClasses {

    private ActorClasses() {}

    /** The classes with {@link Actor} in these packages and below. */
    public static List<Class<?>> in(Collection<String> packages, ClassLoader loader) {
        Scanner scanner = new Scanner();
        List<Class<?>> found = new ArrayList<>();
        for (String name : packages) {
            for (BeanDefinition candidate : scanner.findCandidateComponents(name)) {
                found.add(ClassUtils.resolveClassName(String.valueOf(candidate.getBeanClassName()), loader));
            }
        }
        return found;
    }

    private static final class Scanner extends ClassPathScanningCandidateComponentProvider {

        Scanner() {
            super(false);
            addIncludeFilter(new AnnotationTypeFilter(Actor.class, false));
        }

        /** Whatever carries the annotation: what is wrong with the class is said when it is loaded. */
        @Override
        protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
            return true;
        }
    }
}
