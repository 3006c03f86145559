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

    /// <summary>As given.</summary>
    public string OptionsText { get; init; } = "";

    public RegistryCredentials? Credentials { get; init; }

    /// <summary>Null when there is no container, or its image is empty (as on GitHub: the job then runs on the machine).</summary>
    public static JobContainer? Read(TemplateToken? token, ExpressionScope scope, ExpressionScope environmentScope) =>
        token is null ? null : Read(ContainerShape.Of(token, scope, environmentScope), token.Location);

    /// <param name="shape">Evaluated: <c>image</c>, <c>env</c>, <c>ports</c>, <c>volumes</c>, <c>options</c>, <c>credentials</c>.</param>
    /// <param name="location">Named in errors.</param>
    public static JobContainer? Read(ObjectValue shape, SourceLocation location)
    {
        string image = ExpressionText.ToText(shape["image"]).Trim();
        if (image.StartsWith(DockerScheme, StringComparison.Ordinal))
            image = image[DockerScheme.Length..];
        if (image.Length == 0)
            return null;
        return new JobContainer
        {
            Image = image,
            Environment = Pairs(shape["env"]),
            Volumes = [.. Items(shape["volumes"]).Select(volume => Volume(volume, location))],
            Ports = Items(shape["ports"]),
            Options = ParseOptions(ExpressionText.ToText(shape["options"]), location),
            OptionsText = ExpressionText.ToText(shape["options"]).Trim(),
            Credentials = Login(Pairs(shape["credentials"])),
        };
    }

    private static RegistryCredentials? Login(Dictionary<string, string> pairs) =>
        pairs.TryGetValue("username", out string? user) && pairs.TryGetValue("password", out string? password) && user.Length > 0
            ? new RegistryCredentials(user, password)
            : null;

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

    /// <summary><c>source:target[:mode]</c>, or only <c>target[:ro]</c> for a new volume without a name; of the modes only <c>ro</c> changes anything.</summary>
    private static Mount Volume(string text, SourceLocation location)
    {
        string[] parts = text.Split(':');
        Mount? mount = parts switch
        {
            [_] or [_, "ro"] => new Mount("", parts[0], ReadOnly: parts.Length > 1),
            [{ Length: > 0 }, _] or [{ Length: > 0 }, _, _] => new Mount(parts[0], parts[1], ReadOnly: parts is [_, _, "ro"]),
            _ => null,
        };
        return mount?.Target.StartsWith('/') == true
            ? mount
            : throw new InvalidRunException([new WorkflowError(location, $"Unexpected volume '{text}'", "expected target, source:target or source:target:ro, with an absolute target")]);
    }

    private static IReadOnlyList<string> Items(ExpressionValue value) => value is ArrayValue items ? [.. items.Select(ExpressionText.ToText)] : [];

    private static Dictionary<string, string> Pairs(ExpressionValue value)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, ExpressionValue item) in value as ObjectValue ?? [])
            result[name] = ExpressionText.ToText(item);
        return result;
    }
}
