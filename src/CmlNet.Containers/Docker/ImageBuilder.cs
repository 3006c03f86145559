using System.Text.Json;
using System.Text.RegularExpressions;
using CmlNet.Containers.Docker.Wire;

namespace CmlNet.Containers.Docker;

/// <summary>Builds images with the engine's own builder.</summary>
internal sealed partial class ImageBuilder(DockerClient client)
{
    public async Task<string> BuildAsync(ImageBuild build, IProgress<string> log, CancellationToken cancellationToken)
    {
        await using var context = await BuildContext.PackAsync(build.Folder, build.Dockerfile, cancellationToken);
        var request = new DockerRequest
        {
            Method = HttpMethod.Post,
            Path = "/build",
            Purpose = $"build the image {build.Tag}",
            Query =
            [
                ("t", build.Tag), ("dockerfile", build.Dockerfile), ("rm", "true"), ("forcerm", "true"),
                ("labels", JsonSerializer.Serialize(build.Labels, DockerJson.Default.IReadOnlyDictionaryStringString)),
            ],
            Tar = context,
            Timeout = null,
        };
        using var response = await SendAsync(request, build, cancellationToken);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await ReadAsync(body, build, log, cancellationToken) ?? throw DockerErrors.NotUnderstood(client.Endpoint, request, "it names no image");
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw DockerErrors.Lost(client.Endpoint, request.Purpose, exception);
        }
    }

    /// <summary>A Dockerfile that the classic builder cannot read is refused at once, with what it made of the lines.</summary>
    private async Task<HttpResponseMessage> SendAsync(DockerRequest request, ImageBuild build, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, cancellationToken);
        }
        catch (EngineException exception) when (exception.Status == 400)
        {
            var dockerfile = await File.ReadAllTextAsync(Path.Combine(build.Folder, build.Dockerfile), cancellationToken);
            if (HereDocument().Match(dockerfile) is not { Success: true } found)
                throw;
            throw DockerErrors.OfHereDocument(build.Tag, found.Groups["line"].Value.Trim(), exception.EngineMessage ?? exception.Message);
        }
    }

    private static async Task<string?> ReadAsync(Stream body, ImageBuild build, IProgress<string> log, CancellationToken cancellationToken)
    {
        string? id = null;
        await foreach (var happened in JsonSerializer.DeserializeAsyncEnumerable(body, DockerJson.Default.BuildEvent, topLevelValues: true, cancellationToken))
        {
            if (happened?.Error is { } error)
                throw DockerErrors.OfBuild(build.Tag, error);
            id = happened?.Aux?.Id ?? id;
            foreach (var line in (happened?.Stream ?? "").Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0))
                log.Report(line);
        }

        return id;
    }

    [GeneratedRegex("^[ \t]*(?<line>(RUN|COPY|ADD)[ \t][^\n]*<<-?[\"']?[A-Za-z_][A-Za-z_0-9]*)", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex HereDocument();
}
