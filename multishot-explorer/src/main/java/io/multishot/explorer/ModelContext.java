package io.multishot.explorer;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The state that all executions of an exploration share: the rewritten classes, their fields and their VarHandles. */
final class ModelContext {
    /** The consequence, by class, when threads share its objects. */
    final Map<Class<?>, Sharing> sharings = new ConcurrentHashMap<>();

    private final Survivors survivors = new Survivors();
    private final CallPolicy policy;
    private final RewritingLoader loader;
    private final Set<String> racyFields;
    private final int processors;
    private final Map<String, Integer> fieldIds = new HashMap<>();
    private final List<String[]> fieldNames = new ArrayList<>();
    private final List<@Nullable FieldRef> fields = new ArrayList<>();

    /** The field that a handle accesses; null means the elements of an array. */
    private final IdentityHashMap<VarHandle, @Nullable FieldRef> handles = new IdentityHashMap<>();

    ModelContext(
            ClassLoader parent,
            List<String> prefixes,
            List<String> trusted,
            Map<String, String> standIns,
            Set<String> racyFields,
            int processors) {
        this.racyFields = racyFields;
        this.processors = processors;
        policy = new CallPolicy(trusted);
        loader = new RewritingLoader(parent, prefixes, standIns, policy, this);
    }

    boolean trusts(String className) {
        return policy.trusts(className);
    }

    /** The objects of the platform that earlier executions changed. */
    Survivors survivors() {
        return survivors;
    }

    /** Refuses names of fields that there are not. */
    void checkRacyFields() {
        for (String field : racyFields) {
            int dot = field.lastIndexOf('.');
            String owner = field.substring(0, Math.max(dot, 0)).replace('.', '/');
            if (!loader.classes().declaresField(owner, field.substring(dot + 1))) {
                throw new IllegalArgumentException("toleratingRaces: no rewritten class declares a field " + field
                        + ": write the binary name of the class, such as com.example.Outer$Inner, a dot and the field");
            }
        }
    }

    ClassLoader loader() {
        return loader;
    }

    int processors() {
        return processors;
    }

    boolean toleratesRaces(String owner, String name) {
        return racyFields.contains(owner.replace('/', '.') + "." + name);
    }

    /** The number by which rewritten code names a field. */
    synchronized int fieldId(String owner, String name) {
        return fieldIds.computeIfAbsent(owner + "." + name, key -> {
            fieldNames.add(new String[] {owner.replace('/', '.'), name});
            fields.add(null);
            return fieldNames.size() - 1;
        });
    }

    synchronized FieldRef field(int id) {
        FieldRef field = fields.get(id);
        if (field == null) {
            String owner = fieldNames.get(id)[0];
            String name = fieldNames.get(id)[1];
            try {
                Field reflected = Class.forName(owner, false, loader).getDeclaredField(name);
                field = new FieldRef(id, reflected, toleratesRaces(owner, name));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot access field " + owner + "." + name, e);
            }
            fields.set(id, field);
        }
        return field;
    }

    /** Returns the value of a component of a record of a rewritten class. */
    @Nullable
    Object component(Object record, String name) {
        return field(fieldId(record.getClass().getName().replace('.', '/'), name))
                .get(record);
    }

    synchronized VarHandle registerField(VarHandle handle, Class<?> owner, String name) {
        Class<?> declaring = owner;
        while (declaring.getSuperclass() != null && !declares(declaring, name)) {
            declaring = declaring.getSuperclass();
        }
        handles.put(handle, field(fieldId(declaring.getName().replace('.', '/'), name)));
        return handle;
    }

    synchronized VarHandle registerArray(VarHandle handle) {
        handles.put(handle, null);
        return handle;
    }

    /** The place that the handle accesses with the given coordinates. */
    synchronized Cell cell(VarHandle handle, @Nullable Object[] arguments) {
        FieldRef field = handles.get(handle);
        if (field != null) {
            if (field.isStatic) {
                return new FieldCell(null, field);
            }
            if (arguments[0] == null) {
                throw new NullPointerException("null." + field.name);
            }
            return new FieldCell(arguments[0], field);
        }
        if (!handles.containsKey(handle)) {
            throw new UnmodelledOperationException("a VarHandle of " + handle.coordinateTypes()
                    + " was not looked up by code of a rewritten class: only findVarHandle, findStaticVarHandle,"
                    + " fieldVarHandle and arrayElementVarHandle are modelled");
        }
        Object array = arguments[0];
        if (array == null) {
            throw new NullPointerException("null[" + arguments[1] + "]");
        }
        return new ElementCell(array, (int) Objects.requireNonNull(arguments[1]));
    }

    private static boolean declares(Class<?> type, String name) {
        for (Field field : type.getDeclaredFields()) {
            if (field.getName().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
