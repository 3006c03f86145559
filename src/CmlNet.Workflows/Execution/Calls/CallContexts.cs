using CmlNet.Workflows.Execution.Contexts;
using CmlNet.Workflows.Execution.Masking;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;
using CmlNet.Workflows.Model.Calls;

namespace CmlNet.Workflows.Execution.Calls;

/// <summary>What a called workflow sees: the caller's event and variables, its own inputs, and the secrets it was given.</summary>
internal static class CallContexts
{
    private const string TokenName = "GITHUB_TOKEN";

    /// <param name="job">The calling job.</param>
    /// <param name="call">What it calls.</param>
    /// <param name="contexts">Of the calling job's leg.</param>
    /// <param name="masker">Learns secrets that were made from others.</param>
    /// <exception cref="WorkflowException">An input that is not of its type.</exception>
    public static ContextSet Of(Job job, WorkflowCall call, ContextSet contexts, SecretMasker? masker) => new()
    {
        GitHub = contexts.GitHub,
        Variables = contexts.Variables,
        Inputs = Inputs(job, call, ContextScopes.CallInputs(contexts), ContextScopes.Strategy(contexts)),
        Secrets = Secrets(job, contexts, masker),
    };

    private static ObjectValue Inputs(Job job, WorkflowCall call, ExpressionScope given, ExpressionScope byDefault)
    {
        var inputs = new ObjectValue();
        foreach ((TemplateToken key, TemplateToken value) in call.InputDefinitions?.Items ?? [])
        {
            if (key.AsText() is not { } name)
                continue;
            var definition = value as MappingToken;
            string type = definition?.Get("type").AsText() ?? "string";
            TemplateToken? own = Find(job.With, name);
            inputs[name] = Typed(type, own ?? definition?.Get("default"), new TemplateEvaluator(own is null ? byDefault : given));
        }
        return inputs;
    }

    private static ExpressionValue Typed(string type, TemplateToken? token, TemplateEvaluator evaluator) => (type, token) switch
    {
        ("boolean", null) => ExpressionValue.False,
        ("number", null) => ExpressionValue.Of(0d),
        (_, null) => ExpressionValue.Of(""),
        ("boolean", _) => ExpressionValue.Of(evaluator.EvaluateBoolean(token)),
        ("number", _) => ExpressionValue.Of(evaluator.EvaluateNumber(token)),
        _ => ExpressionValue.Of(evaluator.EvaluateString(token)),
    };

    private static ObjectValue Secrets(Job job, ContextSet contexts, SecretMasker? masker)
    {
        // "inherit" is the one word the schema allows.
        if (job.Secrets is StringToken)
            return contexts.Secrets;
        var secrets = new ObjectValue();
        if (contexts.Secrets.TryGetValue(TokenName, out ExpressionValue? token))
            secrets[TokenName] = token;
        foreach ((string name, string value) in new TemplateEvaluator(ContextScopes.CallSecrets(contexts)).EvaluateMapping(job.Secrets))
        {
            if (value.Length > 0)
                masker?.Add(value);
            secrets[name] = ExpressionValue.Of(value);
        }
        return secrets;
    }

    private static TemplateToken? Find(TemplateToken? mapping, string name) =>
        (mapping as MappingToken)?.Items.FirstOrDefault(item => string.Equals(item.Key.AsText(), name, StringComparison.OrdinalIgnoreCase)).Value;
}
