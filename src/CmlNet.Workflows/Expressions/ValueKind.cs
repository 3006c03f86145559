namespace CmlNet.Workflows.Expressions;

public enum ValueKind
{
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
}
