using CmlNet.Containers;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution.Specs;

/// <summary>A job's <c>container:</c>, evaluated.</summary>
internal sealed record JobContainer
{
    private const string DockerScheme = "docker://";

    public required string Image { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<Mount> Volumes { get; init; } = [];

    public IReadOnlyList<string> Ports { get; init; } = [];

    public ContainerOptions Options { get; init; } = ContainerOptions.Default;

    public RegistryCredentials? Credentials { get; init; }

    /// <summary>Null when there is no container, or its image is empty (as on GitHub: the job then runs on the machine).</summary>
    public static JobContainer? Read(TemplateToken? token, ExpressionScope scope, ExpressionScope environmentScope)
    {
        if (token is null)
            return null;
        var map = token as MappingToken;
        ExpressionValue whole = map is null ? new TemplateEvaluator(scope).EvaluateToken(token) : ExpressionValue.Null;
        string image = map is null
            ? whole is ObjectValue shape ? ExpressionText.ToText(shape["image"]) : ExpressionText.ToText(whole)
            : Text(map, "image", scope);
        image = image.Trim();
        if (image.StartsWith(DockerScheme, StringComparison.Ordinal))
            image = image[DockerScheme.Length..];
        if (image.Length == 0)
            return null;
        if (map is null)
            return new JobContainer { Image = image };
        string options = Text(map, "options", scope);
        return new JobContainer
        {
            Image = image,
            Environment = Pairs(map, "env", environmentScope),
            Volumes = [.. Items(map, "volumes", scope).Select(volume => Volume(volume, token.Location))],
            Ports = Items(map, "ports", scope),
            Options = ParseOptions(options, Find(map, "options")?.Location ?? token.Location),
            Credentials = Login(map, environmentScope),
        };
    }

    private static RegistryCredentials? Login(MappingToken map, ExpressionScope scope)
    {
        Dictionary<string, string> pairs = Pairs(map, "credentials", scope);
        return pairs.TryGetValue("username", out string? user) && pairs.TryGetValue("password", out string? password) && user.Length > 0
            ? new RegistryCredentials(user, password)
            : null;
    }

    private static ContainerOptions ParseOptions(string text, SourceLocation location)
    {
        try
        {
            return ContainerOptionsParser.Parse(text);
        }
        catch (ContainerOptionsException e)
        {
            throw new InvalidRunException([new WorkflowError(location, e.Message)]);
        }
    }

    /// <summary><c>source:target[:ro]</c>, or only a target for an anonymous volume.</summary>
    private static Mount Volume(string text, SourceLocation location)
    {
        string[] parts = text.Split(':');
        return parts switch
        {
            [var source, var target] => new Mount(source, target),
            [var source, var target, "ro"] => new Mount(source, target, ReadOnly: true),
            [var source, var target, "rw"] => new Mount(source, target),
            _ => throw new InvalidRunException([new WorkflowError(location, $"Unexpected volume '{text}'", "expected source:target or source:target:ro")]),
        };
    }

    private static string Text(MappingToken map, string key, ExpressionScope scope) =>
        Find(map, key) is { } token ? new TemplateEvaluator(scope).EvaluateString(token) : "";

    private static IReadOnlyList<string> Items(MappingToken map, string key, ExpressionScope scope) =>
        Find(map, key) is { } token && new TemplateEvaluator(scope).EvaluateToken(token) is ArrayValue items ? [.. items.Select(ExpressionText.ToText)] : [];

    private static Dictionary<string, string> Pairs(MappingToken map, string key, ExpressionScope scope)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Find(map, key) is { } token)
        {
            foreach ((string name, string value) in new TemplateEvaluator(scope).EvaluateMapping(token))
                result[name] = value;
        }
        return result;
    }

    private static TemplateToken? Find(MappingToken map, string key)
    {
        foreach ((TemplateToken name, TemplateToken value) in map.Items)
        {
            if (name is StringToken text && string.Equals(text.Value, key, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        return null;
    }
}
