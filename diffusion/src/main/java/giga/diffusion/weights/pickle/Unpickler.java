package giga.diffusion.weights.pickle;

import giga.diffusion.ModelException;
import giga.diffusion.weights.pickle.Values.Global;
import giga.diffusion.weights.pickle.Values.Mark;
import giga.diffusion.weights.pickle.Values.None;
import giga.diffusion.weights.pickle.Values.Placeholder;
import giga.diffusion.weights.pickle.Values.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads one pickle (Python's pickletools, protocols 0 to 5) as data. It has no way to run anything: what a pickle calls is
 * one of the few functions that {@link TorchCalls} knows as arithmetic on tensors, or the file is refused by that name.
 */
final class Unpickler {
    private static final int MOST_VALUES = 4_000_000;

    private final PickleInput in;
    private final TorchCalls calls;
    private final Function<Tuple, Object> persistent;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private int pushed;

    /** @param persistent what stands for a persistent id: torch's storages */
    Unpickler(PickleInput in, TorchCalls calls, Function<Tuple, Object> persistent) {
        this.in = in;
        this.calls = calls;
        this.persistent = persistent;
    }

    /** @throws ModelException where the pickle is damaged or wants to run something */
    Object read() {
        while (true) {
            int opcode = in.unsignedByte();
            if (opcode == '.') return pop();
            step(opcode);
        }
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> in.unsignedByte(); // PROTO
            case 0x95 -> in.signedLong(); // FRAME
            case '(' -> push(Mark.MARK);
            case '0' -> pop();
            case '1' -> popToMark();
            case '2' -> push(top());
            case 'N' -> push(None.NONE);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'K' -> push((long) in.unsignedByte());
            case 'M' -> push((long) in.unsignedShort());
            case 'J' -> push((long) in.signedInt());
            case 0x8a -> push(in.integer(in.unsignedByte()));
            case 0x8b -> push(in.integer(in.signedInt()));
            case 'G' -> push(in.bigEndianDouble());
            case 'I' -> push(decimalOrBoolean(in.line()));
            case 'L' -> push(decimal(in.line().replaceFirst("L$", "")));
            case 'F' -> push(floating(in.line()));
            case 'X' -> push(in.utf8(in.unsignedInt()));
            case 0x8c -> push(in.utf8(in.unsignedByte()));
            case 0x8d -> push(in.utf8(in.signedLong()));
            case 'V' -> push(in.line());
            case 'S' -> push(in.line().replaceFirst("^(['\"])(.*)\\1$", "$2"));
            case 'T' -> push(in.utf8(in.signedInt()));
            case 'U' -> push(in.utf8(in.unsignedByte()));
            case 'B', 0x8e, 0x96 -> push(in.bytes(opcode == 'B' ? in.unsignedInt() : in.signedLong()));
            case 'C' -> push(in.bytes(in.unsignedByte()));
            case ']' -> push(new ArrayList<>());
            case '}' -> push(new LinkedHashMap<>());
            case 0x8f -> push(new ArrayList<>()); // a set
            case ')' -> push(new Tuple(List.of()));
            case 'l' -> push(new ArrayList<>(popToMark()));
            case 'd' -> push(put(new LinkedHashMap<>(), popToMark()));
            case 't' -> push(new Tuple(popToMark()));
            case 0x91 -> push(new ArrayList<>(popToMark())); // a frozen set
            case 0x85 -> push(new Tuple(pop(1)));
            case 0x86 -> push(new Tuple(pop(2)));
            case 0x87 -> push(new Tuple(pop(3)));
            case 'a' -> append(pop(1));
            case 'e', 0x90 -> append(popToMark());
            case 's' -> setItems(pop(2));
            case 'u' -> setItems(popToMark());
            case 'p' -> memo.put(decimal(in.line()).longValue(), top());
            case 'q' -> memo.put((long) in.unsignedByte(), top());
            case 'r' -> memo.put(in.unsignedInt(), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'g' -> push(remembered(decimal(in.line()).longValue()));
            case 'h' -> push(remembered(in.unsignedByte()));
            case 'j' -> push(remembered(in.unsignedInt()));
            case 'c' -> push(new Global(in.line(), in.line()));
            case 0x93 -> push(stackGlobal());
            case 'Q' -> push(persistent.apply(pop(Tuple.class)));
            case 'R' -> {
                Tuple arguments = pop(Tuple.class);
                push(calls.call(pop(), arguments));
            }
            case 0x81 -> {
                pop(Tuple.class);
                push(placeholder(pop()));
            }
            case 0x92 -> {
                pop();
                pop(Tuple.class);
                push(placeholder(pop()));
            }
            case 'i' -> {
                Global called = new Global(in.line(), in.line());
                push(calls.call(called, new Tuple(popToMark())));
            }
            case 'o' -> {
                List<Object> all = popToMark();
                if (all.isEmpty()) throw damaged();
                push(calls.call(all.getFirst(), new Tuple(all.subList(1, all.size()))));
            }
            case 'b' -> build(pop());
            default -> throw new ModelException("its pickle has the unknown operation 0x%02x".formatted(opcode));
        }
    }

    /** The state of an object that is a mapping with attributes, or a placeholder: neither means anything here. */
    private void build(Object state) {
        if (top() instanceof Global called) throw TorchCalls.refused(called);
        if (top() instanceof Placeholder && state instanceof Map<?, ?> attributes) {
            pop();
            push(attributes);
        }
    }

    private static Object placeholder(Object of) {
        if (of instanceof Global global) return new Placeholder(global);
        throw damaged();
    }

    private Global stackGlobal() {
        List<Object> names = pop(2);
        if (names.get(0) instanceof String module && names.get(1) instanceof String name)
            return new Global(module, name);
        throw damaged();
    }

    private void append(List<Object> items) {
        if (!(top() instanceof List<?>)) throw damaged();
        @SuppressWarnings("unchecked")
        List<Object> list = (List<Object>) top();
        list.addAll(items);
    }

    private void setItems(List<Object> pairs) {
        // Items set on an object of a class that means nothing here mean nothing either.
        if (top() instanceof Placeholder) return;
        if (!(top() instanceof Map<?, ?>)) throw damaged();
        @SuppressWarnings("unchecked")
        Map<Object, Object> map = (Map<Object, Object>) top();
        put(map, pairs);
    }

    private static Map<Object, Object> put(Map<Object, Object> map, List<Object> pairs) {
        if (pairs.size() % 2 != 0) throw damaged();
        for (int i = 0; i < pairs.size(); i += 2) {
            // Other keys than these never name a tensor, and hashing a list that holds itself would not end.
            Object key = pairs.get(i);
            if (key instanceof String || key instanceof Number || key instanceof Boolean || key instanceof Global)
                map.put(key, pairs.get(i + 1));
        }
        return map;
    }

    private Object remembered(long number) {
        Object value = memo.get(number);
        if (value == null) throw damaged();
        return value;
    }

    private void push(Object value) {
        if (++pushed > MOST_VALUES)
            throw new ModelException("its pickle holds more than %,d values".formatted(MOST_VALUES));
        stack.add(value);
    }

    private Object top() {
        if (stack.isEmpty() || stack.getLast() == Mark.MARK) throw damaged();
        return stack.getLast();
    }

    private Object pop() {
        Object value = top();
        stack.removeLast();
        return value;
    }

    private <T> T pop(Class<T> type) {
        Object value = pop();
        if (!type.isInstance(value)) throw damaged();
        return type.cast(value);
    }

    private List<Object> pop(int count) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) values.addFirst(pop());
        return values;
    }

    private List<Object> popToMark() {
        int mark = stack.lastIndexOf(Mark.MARK);
        if (mark < 0) throw damaged();
        List<Object> above = stack.subList(mark + 1, stack.size());
        List<Object> values = new ArrayList<>(above);
        stack.subList(mark, stack.size()).clear();
        return values;
    }

    private static Object decimalOrBoolean(String line) {
        return switch (line) {
            case "00" -> false;
            case "01" -> true;
            default -> decimal(line);
        };
    }

    private static Number decimal(String line) {
        if (!line.matches("[-+]?[0-9]{1,400}")) throw damaged();
        return PickleInput.narrow(new BigInteger(line));
    }

    private static double floating(String line) {
        try {
            return Double.parseDouble(line.replace("inf", "Infinity").replace("nan", "NaN"));
        } catch (NumberFormatException e) {
            throw damaged();
        }
    }

    private static ModelException damaged() {
        return new ModelException("its pickle is damaged; download or copy it again");
    }
}
