using System.Buffers;
using System.Globalization;
using System.Text.Json;
using CmlNet.Containers.Docker.Wire;

namespace CmlNet.Containers.Docker;

/// <summary>Containers by id: those that another process than ours may have made.</summary>
internal sealed class DockerDetached(DockerClient client)
{
    private const string Dangling = """{"dangling":["true"]}""";
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    public async Task<string> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Not cancellable once sent: what the engine makes is then known by its id.
        IdResponse created = await client.ReadAsync(
            new DockerRequest
            {
                Method = HttpMethod.Post,
                Path = "/containers/create",
                Purpose = $"create container {spec.Name} from {spec.Image}",
                Query = [("name", spec.Name)],
                Json = JsonSerializer.SerializeToUtf8Bytes(CreateRequestBuilder.Build(spec), DockerJson.Default.ContainerCreateRequest),
            },
            DockerJson.Default.IdResponse,
            CancellationToken.None);
        return created.Id;
    }

    public Task StartAsync(string id, CancellationToken cancellationToken) => client.DoAsync(
        new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{Segment(id)}/start", Purpose = $"start container {id}" }, cancellationToken);

    public async Task StopAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            // Answers when the container has ended: no limit of ours but the caller's.
            await client.DoAsync(new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{Segment(id)}/stop", Purpose = $"stop container {id}", Timeout = null }, cancellationToken);
        }
        catch (EngineException exception) when (IsGone(exception))
        {
            // It ended before.
        }
    }

    public async Task<ContainerState?> InspectAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            ContainerInspect found = await client.ReadAsync(
                new DockerRequest { Method = HttpMethod.Get, Path = $"/containers/{Segment(id)}/json", Purpose = $"inspect container {id}" }, DockerJson.Default.ContainerInspect, cancellationToken);
            return new ContainerState
            {
                IsRunning = found.State.Running,
                HasStarted = found.State.Status != "created",
                ExitCode = found.State.Running || found.State.Status == "created" ? null : found.State.ExitCode,
                IsOutOfMemory = found.State.OOMKilled,
                Health = ContainerHealth.None,
            };
        }
        catch (EngineException exception) when (IsGone(exception))
        {
            return null;
        }
    }

    public async Task<int> WaitAsync(string id, CancellationToken cancellationToken)
    {
        ContainerWait ended = await client.ReadAsync(
            new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{Segment(id)}/wait", Purpose = $"wait for container {id}", Timeout = null }, DockerJson.Default.ContainerWait, cancellationToken);
        return ended.StatusCode;
    }

    public async Task ReadLogsAsync(string id, int lines, bool follow, IOutputSink output, CancellationToken cancellationToken)
    {
        var request = new DockerRequest
        {
            Method = HttpMethod.Get,
            Path = $"/containers/{Segment(id)}/logs",
            Purpose = $"read the log of container {id}",
            Query = [("stdout", "true"), ("stderr", "true"), ("tail", lines.ToString(CultureInfo.InvariantCulture)), ("follow", follow ? "true" : "false")],
        };
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var decoder = new FrameDecoder(output);
            byte[] buffer = new byte[16 * 1024];
            while (await body.ReadAsync(buffer, cancellationToken) is var length and > 0)
                await decoder.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }
        catch (IOException exception)
        {
            throw DockerErrors.Lost(client.Endpoint, request.Purpose, exception);
        }
    }

    public async Task<ContainerUsage?> ReadUsageAsync(string id, CancellationToken cancellationToken)
    {
        ContainerUsageWire used;
        try
        {
            used = await client.ReadAsync(
                new DockerRequest { Method = HttpMethod.Get, Path = $"/containers/{Segment(id)}/stats", Purpose = $"measure container {id}", Query = [("stream", "false"), ("one-shot", "true")] }, DockerJson.Default.ContainerUsageWire, cancellationToken);
        }
        catch (EngineException exception) when (IsGone(exception))
        {
            return null;
        }

        if (used.Memory?.Usage is not { } memory)
            return null; // it has ended
        // What `docker stats` takes off: cgroup v2 has inactive_file, v1 total_inactive_file.
        double cache = used.Memory.Details?.GetValueOrDefault("total_inactive_file") is > 0 and var old ? old : used.Memory.Details?.GetValueOrDefault("inactive_file") ?? 0;
        return new ContainerUsage
        {
            Cpu = TimeSpan.FromTicks((long)((used.Cpu?.Usage?.Total ?? 0) / TimeSpan.NanosecondsPerTick)),
            MemoryBytes = Math.Max(0, memory - (long)cache),
            NetworkBytes = used.Networks?.Values.Sum(network => network.Received + network.Sent) ?? 0,
            DiskBytes = used.Blocks?.Bytes?.Where(count => count.Operation is "read" or "Read" or "write" or "Write").Sum(count => (long)count.Value) ?? 0,
        };
    }

    public Task PutAsync(string id, string folder, byte[] archive, CancellationToken cancellationToken) => client.DoAsync(
        new DockerRequest { Method = HttpMethod.Put, Path = $"/containers/{Segment(id)}/archive", Purpose = $"copy files into container {id}", Query = [("path", folder)], Tar = new MemoryStream(archive, writable: false) }, cancellationToken);

    public async Task<Stream?> GetAsync(string id, string path, CancellationToken cancellationToken)
    {
        try
        {
            HttpResponseMessage response = await client.SendAsync(
                new DockerRequest { Method = HttpMethod.Get, Path = $"/containers/{Segment(id)}/archive", Purpose = $"copy files out of container {id}", Query = [("path", path)] }, cancellationToken);
            return await response.Content.ReadAsStreamAsync(cancellationToken);
        }
        catch (EngineException exception) when (IsGone(exception) || exception.EngineMessage?.Contains("Could not find the file", StringComparison.OrdinalIgnoreCase) == true)
        {
            return null;
        }
    }

    public async Task<CleaningResult> RemoveDanglingAsync(IReadOnlySet<string> keptVolumes, CancellationToken cancellationToken)
    {
        ImagePruneResult images = await client.ReadAsync(
            new DockerRequest { Method = HttpMethod.Post, Path = "/images/prune", Purpose = "remove images without a name", Query = [("filters", Dangling)], Timeout = TimeSpan.FromMinutes(10) }, DockerJson.Default.ImagePruneResult, cancellationToken);
        // The engine's own /volumes/prune takes named ones too before version 1.42 of the API: somebody's data sets.
        VolumeList volumes = await client.ReadAsync(
            new DockerRequest { Method = HttpMethod.Get, Path = "/volumes", Purpose = "list volumes that no container uses", Query = [("filters", Dangling)] }, DockerJson.Default.VolumeList, cancellationToken);
        var removed = new List<string>();
        foreach (VolumeSummary volume in volumes.Volumes ?? [])
        {
            if (IsAnonymous(volume) && !keptVolumes.Contains(volume.Name) && await RemoveVolumeAsync(volume.Name, cancellationToken))
                removed.Add(volume.Name);
        }

        return new CleaningResult(images.SpaceReclaimed, removed);
    }

    private async Task<bool> RemoveVolumeAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await client.DoAsync(new DockerRequest { Method = HttpMethod.Delete, Path = $"/volumes/{Segment(name)}", Purpose = $"remove volume {name}" }, cancellationToken);
            return true;
        }
        catch (EngineException exception) when (exception.Status is 404 or 409)
        {
            // Removed by somebody else, or in use by now.
            return false;
        }
    }

    // The engine names those itself that nobody has named, and says so on them since version 1.42 of the API: a name alone may
    // be somebody's digest.
    private bool IsAnonymous(VolumeSummary volume) =>
        volume.Name.Length == 64 && volume.Name.AsSpan().IndexOfAnyExcept(Hexadecimal) < 0 && (client.OfferedMinor < 42 || volume.Labels?.ContainsKey("com.docker.volume.anonymous") == true);

    private static bool IsGone(EngineException exception) => exception.EngineMessage?.Contains("No such container", StringComparison.OrdinalIgnoreCase) == true;

    private static string Segment(string id) => Uri.EscapeDataString(id);
}
