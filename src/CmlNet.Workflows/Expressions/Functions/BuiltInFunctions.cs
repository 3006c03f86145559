using System.Diagnostics.CodeAnalysis;
using CmlNet.Workflows.Expressions.Json;
using CmlNet.Workflows.Expressions.Syntax;

namespace CmlNet.Workflows.Expressions.Functions;

/// <summary>case, contains, endsWith, format, fromJson, join, startsWith, toJson; names ignore case.</summary>
internal static class BuiltInFunctions
{
    private static readonly Dictionary<string, BuiltInFunction> All = new(StringComparer.OrdinalIgnoreCase)
    {
        ["case"] = new(new FunctionArity(3, int.MaxValue), Case),
        ["contains"] = new(new FunctionArity(2, 2), Contains),
        ["endsWith"] = new(new FunctionArity(2, 2), EndsWith),
        ["format"] = new(new FunctionArity(1, ExpressionLimits.MaxArguments), FormatFunction.Call),
        ["fromJson"] = new(new FunctionArity(1, 1), FromJson),
        ["join"] = new(new FunctionArity(1, 2), Join),
        ["startsWith"] = new(new FunctionArity(2, 2), StartsWith),
        ["toJson"] = new(new FunctionArity(1, 1), ToJson),
    };

    public static bool TryGet(string name, [NotNullWhen(true)] out BuiltInFunction? function) => All.TryGetValue(name, out function);

    private static ExpressionValue Case(FunctionCall call)
    {
        for (int i = 0; i + 1 < call.Count; i += 2)
        {
            if (call.Argument(i) is not BooleanValue predicate)
                throw new ExpressionException(ExpressionErrorKind.Evaluation, "case predicate must evaluate to a boolean value");
            if (predicate.Value)
                return call.Argument(i + 1);
        }

        return call.Argument(call.Count - 1);
    }

    private static ExpressionValue Contains(FunctionCall call)
    {
        ExpressionValue search = call.Argument(0);
        ExpressionValue item = call.Argument(1);
        if (search is ArrayValue array)
            return ExpressionValue.Of(array.Any(element => Coercion.AreEqual(item, element)));
        return ExpressionValue.Of(Coercion.IsPrimitive(search) && Coercion.IsPrimitive(item)
            && ExpressionText.ToText(search).Contains(ExpressionText.ToText(item), StringComparison.OrdinalIgnoreCase));
    }

    private static ExpressionValue StartsWith(FunctionCall call) =>
        BothText(call, static (text, part) => text.StartsWith(part, StringComparison.OrdinalIgnoreCase));

    private static ExpressionValue EndsWith(FunctionCall call) =>
        BothText(call, static (text, part) => text.EndsWith(part, StringComparison.OrdinalIgnoreCase));

    private static ExpressionValue BothText(FunctionCall call, Func<string, string, bool> test)
    {
        ExpressionValue text = call.Argument(0);
        ExpressionValue part = call.Argument(1);
        return ExpressionValue.Of(Coercion.IsPrimitive(text) && Coercion.IsPrimitive(part) && test(ExpressionText.ToText(text), ExpressionText.ToText(part)));
    }

    private static ExpressionValue Join(FunctionCall call)
    {
        ExpressionValue items = call.Argument(0);
        if (items is not ArrayValue array)
            return call.Text(Coercion.IsPrimitive(items) ? ExpressionText.ToText(items) : "");
        string separator = ",";
        if (call.Count > 1 && call.Argument(1) is var given && Coercion.IsPrimitive(given))
            separator = ExpressionText.ToText(given);
        var parts = new List<string>(array.Count);
        foreach (ExpressionValue item in array)
        {
            string part = ExpressionText.ToText(item);
            call.Memory.AddText(part.Length + separator.Length);
            parts.Add(part);
        }

        return ExpressionValue.Of(string.Join(separator, parts));
    }

    private static ExpressionValue ToJson(FunctionCall call) => ExpressionValue.Of(JsonConversion.ToJson(call.Argument(0), call.Memory));

    private static ExpressionValue FromJson(FunctionCall call)
    {
        string text = ExpressionText.ToText(call.Argument(0));
        call.Memory.AddText(text.Length);
        return LenientJsonReader.Read(text);
    }
}
