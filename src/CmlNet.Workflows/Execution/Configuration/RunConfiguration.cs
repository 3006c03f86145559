using CmlNet.Workflows.Model;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CmlNet.Workflows.Execution.Configuration;

/// <summary>The <c>run:</c> part of <c>cml.yaml</c>: images for <c>runs-on</c> labels.</summary>
/// <example>
/// <code>
/// run:
///   images:
///     ubuntu-latest: python:3.12
///     gpu: my/cuda-image:1
/// </code>
/// </example>
public sealed record RunConfiguration
{
    public const string FileName = "cml.yaml";

    private const int Longest = 1024 * 1024;

    public IReadOnlyDictionary<string, string> Images { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads <c>cml.yaml</c> in a work tree's root; one that is not there is an empty one.</summary>
    /// <exception cref="InvalidRunException">Malformed YAML, unknown keys under <c>run</c>, wrong types: all at once.</exception>
    public static RunConfiguration Read(string root)
    {
        string path = Path.Combine(root, FileName);
        return File.Exists(path) ? Parse(FileName, ReadText(path)) : new RunConfiguration();
    }

    /// <summary>Not to its end: a repository may hold a link to a device, which has none.</summary>
    private static string ReadText(string path)
    {
        using FileStream stream = File.OpenRead(path);
        byte[] bytes = new byte[Longest + 1];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > Longest)
            throw new InvalidRunException([new WorkflowError(new SourceLocation(FileName, 0, 0), $"The file is larger than {Longest / 1024} KiB")]);
        using var text = new StreamReader(new MemoryStream(bytes, 0, length));
        return text.ReadToEnd();
    }

    internal static RunConfiguration Parse(string path, string text)
    {
        var errors = new List<WorkflowError>();
        var images = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            if (yaml.Documents is [{ RootNode: YamlMappingNode root }, ..] && Find(root, "run") is { } run)
                ReadRun(run, path, images, errors);
        }
        catch (YamlException e)
        {
            errors.Add(new WorkflowError(new SourceLocation(path, (int)e.Start.Line, (int)e.Start.Column), e.Message, "expected YAML"));
        }
        return errors.Count == 0 ? new RunConfiguration { Images = images } : throw new InvalidRunException(errors);
    }

    private static void ReadRun(YamlNode run, string path, Dictionary<string, string> images, List<WorkflowError> errors)
    {
        if (run is not YamlMappingNode map)
        {
            errors.Add(Error(run, path, "'run' must be a mapping", "expected images:"));
            return;
        }
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            if (key is not YamlScalarNode { Value: "images" })
                errors.Add(Error(key, path, $"Unexpected value '{key}' under run", "expected images"));
            else if (value is not YamlMappingNode labels)
                errors.Add(Error(value, path, "'run.images' must be a mapping", "expected LABEL: IMAGE"));
            else
                ReadImages(labels, path, images, errors);
        }
    }

    private static void ReadImages(YamlMappingNode labels, string path, Dictionary<string, string> images, List<WorkflowError> errors)
    {
        foreach ((YamlNode label, YamlNode image) in labels.Children)
        {
            if (label is YamlScalarNode { Value: { Length: > 0 } name } && image is YamlScalarNode { Value: { Length: > 0 } reference })
                images[name] = reference;
            else
                errors.Add(Error(image, path, $"The image for '{label}' must be a text", "expected LABEL: IMAGE"));
        }
    }

    private static YamlNode? Find(YamlMappingNode map, string key) =>
        map.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode scalar && scalar.Value == key).Value;

    private static WorkflowError Error(YamlNode node, string path, string message, string hint) =>
        new(new SourceLocation(path, (int)node.Start.Line, (int)node.Start.Column), message, hint);
}
