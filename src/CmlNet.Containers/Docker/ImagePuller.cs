using System.Text.Json;
using CmlNet.Containers.Docker.Wire;
using Microsoft.Extensions.Logging;

namespace CmlNet.Containers.Docker;

/// <summary>Makes an image available: a local one at once, another from its registry with up to three attempts.</summary>
internal sealed class ImagePuller(DockerClient client, EngineContext context, ILogger logger)
{
    // As the official runner does it: actions/runner, ContainerOperationProvider.cs.
    private const int Attempts = 3;
    private const int MinimumDelayMilliseconds = 1_000;
    private const int MaximumDelayMilliseconds = 10_000;

    // What docker create gives a container whose image says nothing of PATH.
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public async Task<ImageInfo> EnsureAsync(ImageRequest request, IProgress<ImageProgress> progress, CancellationToken cancellationToken)
    {
        var image = ImageReference.Parse(request.Reference);
        if (!request.AlwaysPull && await FindAsync(image, cancellationToken) is { } present)
            return present;
        logger.Pulling(image.ToString());
        var header = RegistryLogin.Header(image, request.Credentials, context.Variable);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await PullAsync(image, header, new PullProgress(image.ToString(), progress), cancellationToken);
                break;
            }
            catch (EngineException exception) when (exception.Kind == EngineErrorKind.ImageDenied)
            {
                throw new EngineException(exception.Kind, exception.Message + RegistryLogin.HelperHint(image, context.Variable), exception);
            }
            catch (EngineException exception) when (attempt < Attempts && exception.Kind is (EngineErrorKind.RegistryUnreachable or EngineErrorKind.Refused))
            {
                var delay = TimeSpan.FromMilliseconds(Random.Shared.Next(MinimumDelayMilliseconds, MaximumDelayMilliseconds));
                logger.PullRetried(image.ToString(), attempt, exception.Message, delay);
                progress.Report(new ImageProgress(image.ToString(), $"attempt {attempt} of {Attempts} failed, trying again in {delay.TotalSeconds:0} s", 0, 0));
                await Task.Delay(delay, context.Time, cancellationToken);
            }
        }

        return await FindAsync(image, cancellationToken)
            ?? throw new EngineException(EngineErrorKind.ImageNotFound, $"The image '{image}' was pulled, yet the engine does not have it. Something else removed it: run again.");
    }

    private async Task<ImageInfo?> FindAsync(ImageReference image, CancellationToken cancellationToken)
    {
        var request = new DockerRequest { Method = HttpMethod.Get, Path = $"/images/{image}/json", Purpose = $"look for the image {image}" };
        ImageInspect found;
        try
        {
            found = await client.ReadAsync(request, DockerJson.Default.ImageInspect, cancellationToken);
        }
        catch (EngineException exception) when (exception.Kind == EngineErrorKind.ImageNotFound)
        {
            return null;
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = DefaultPath };
        foreach (var entry in found.Config?.Env ?? [])
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            environment[equals < 0 ? entry : entry[..equals]] = equals < 0 ? "" : entry[(equals + 1)..];
        }

        return new ImageInfo
        {
            Reference = image.ToString(),
            Id = found.Id,
            Digest = DigestOf(image, found.RepoDigests),
            Environment = environment,
            User = string.IsNullOrEmpty(found.Config?.User) ? null : found.Config.User,
            Architecture = found.Architecture,
            Created = found.Created,
            SizeBytes = found.Size,
        };
    }

    // The same content may be known under several names; the digest of the one asked for is meant.
    private static string? DigestOf(ImageReference image, IReadOnlyList<string>? digests)
    {
        var entry = digests?.FirstOrDefault(d => d.StartsWith($"{image.Name}@", StringComparison.Ordinal)) ?? (digests is [var other, ..] ? other : null);
        return entry?[(entry.IndexOf('@', StringComparison.Ordinal) + 1)..];
    }

    private async Task PullAsync(ImageReference image, string? header, PullProgress progress, CancellationToken cancellationToken)
    {
        var request = new DockerRequest
        {
            Method = HttpMethod.Post,
            Path = "/images/create",
            Purpose = $"pull the image {image}",
            Query = [("fromImage", image.Name), ("tag", image.Digest ?? image.Tag ?? "latest")],
            RegistryAuth = header,
            Timeout = null,
        };
        using var response = await BeginPullAsync(image, request, cancellationToken);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            await foreach (var pulled in JsonSerializer.DeserializeAsyncEnumerable(body, DockerJson.Default.PullEvent, topLevelValues: true, cancellationToken))
            {
                if (pulled?.Error is { } error)
                    throw DockerErrors.OfPull(image, error);
                if (pulled is not null)
                    progress.Report(pulled);
            }
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            throw DockerErrors.Lost(client.Endpoint, request.Purpose, exception);
        }
    }

    private async Task<HttpResponseMessage> BeginPullAsync(ImageReference image, DockerRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, cancellationToken);
        }
        catch (EngineException exception) when (exception.EngineMessage is { } message)
        {
            throw DockerErrors.OfPull(image, message);
        }
    }
}
