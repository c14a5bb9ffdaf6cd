package dev.kansoku.history;

import dev.kansoku.history.ImportException.Kind;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record that was read is one that the program itself could have made: JSON may leave out any field, and hold any
 * number.
 */
final class Completeness {

    /** Times become numbers of rows, in microseconds. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** What is wrong with a field. */
    record Fault(Kind kind, String field) {}

    private record Field(String name, Method accessor, boolean isNullable) {

        private static Field of(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return new Field(
                    component.getName(), accessor, component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }

        private @Nullable Object read(Record value) {
            try {
                return accessor.invoke(value);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }
    }

    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
        }
    };

    private Completeness() {}

    /** The first fault; {@code null} if there is none. */
    static @Nullable Fault of(Record value) {
        return of(value, "");
    }

    private static @Nullable Fault of(Record value, String path) {
        for (Field field : FIELDS.get(value.getClass())) {
            @Nullable Object found = field.read(value);
            String name = path + field.name;
            @Nullable Fault fault = found == null && field.isNullable ? null : ofValue(found, name);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable Fault ofValue(@Nullable Object value, String name) {
        return switch (value) {
            case null -> new Fault(Kind.MISSING, name);
            case Record inner -> of(inner, name + ".");
            case List<?> list -> ofList(list, name);
            case Duration duration when duration.isNegative() -> new Fault(Kind.INVALID, name);
            case Instant time
            when time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) -> new Fault(Kind.INVALID, name);
            case Double number when !Double.isFinite(number) -> new Fault(Kind.INVALID, name);
            default -> null;
        };
    }

    private static @Nullable Fault ofList(List<?> list, String name) {
        for (Object element : list) {
            @Nullable Fault fault = ofValue(element, name);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }
}
