using CmlNet.Testing.Docker;

namespace CmlNet.Containers.Tests.Docker;

public sealed class DockerEngineTests
{
    private sealed class NoProgress : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value) => Assert.Fail("a local image needs no pull");
    }

    private static async Task<string> RunAsync(IContainer container, params string[] command)
    {
        var sink = new CollectingSink();
        await container.ExecAsync(new ExecSpec { Command = command }, sink, CancellationToken.None);
        return sink.Output + sink.Error;
    }

    [SkippableFact]
    public async Task Probe_RunningEngine_SaysWhatItIs()
    {
        await using var docker = await TestEngine.RequireAsync();

        var info = await docker.Engine.ProbeAsync(CancellationToken.None);

        Assert.Equal("docker", info.Name);
        Assert.Equal($"unix://{DockerFixture.SocketPath}", info.Endpoint);
        Assert.Matches(@"^\d+\.", info.Version);
        Assert.True(info is { SharesFileSystem: true, RunsOnHost: false });
    }

    [SkippableTheory]
    [InlineData("cmlnet-test/python3:1")]
    [InlineData("docker://cmlnet-test/python3:1")]
    [InlineData("docker.io/cmlnet-test/python3:1")]
    public async Task EnsureImage_LocalImage_IsUsedWithoutAskingARegistry(string reference)
    {
        await using var docker = await TestEngine.RequireAsync();
        await DockerFixture.RequireAsync(TestImages.Python3);

        var image = await docker.Engine.EnsureImageAsync(new ImageRequest { Reference = reference }, new NoProgress(), CancellationToken.None);

        Assert.Equal("cmlnet-test/python3:1", image.Reference);
        Assert.StartsWith("sha256:", image.Id, StringComparison.Ordinal);
        Assert.Contains("/usr/bin", image.Environment["PATH"], StringComparison.Ordinal);
        Assert.DoesNotContain(docker.Requests, r => r.StartsWith("POST /images/create", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Start_ImageThatIsNotThere_IsImageNotFound()
    {
        await using var docker = await TestEngine.RequireAsync();

        var exception = await Assert.ThrowsAsync<EngineException>(() => docker.Engine.StartAsync(docker.Spec("cmlnet-test/nowhere:1"), CancellationToken.None));

        Assert.Equal(EngineErrorKind.ImageNotFound, exception.Kind);
        Assert.Contains("cmlnet-test/nowhere:1", exception.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Start_SameNameTwice_IsNameInUse()
    {
        await using var docker = await TestEngine.RequireAsync();
        var name = docker.NewName();
        await using var first = await docker.StartAsync(s => s with { Name = name });

        var exception = await Assert.ThrowsAsync<EngineException>(() => docker.StartAsync(s => s with { Name = name }));

        Assert.Equal(EngineErrorKind.NameInUse, exception.Kind);
        // The failed attempt must not have taken the first one with it.
        Assert.Equal("up\n", await RunAsync(first, "echo", "up"));
    }

    [SkippableFact]
    public async Task Start_GpusOnAnEngineWithoutThem_SaysHowToGetThem()
    {
        await using var docker = await TestEngine.RequireAsync();
        Skip.If((await docker.Engine.ProbeAsync(CancellationToken.None)).HasGpuRuntime, "this engine has GPUs");

        var exception = await Assert.ThrowsAsync<EngineException>(() => docker.StartAsync(s => s with { Gpus = GpuRequest.All }));

        Assert.Equal(EngineErrorKind.GpuUnavailable, exception.Kind);
        Assert.Contains("NVIDIA Container Toolkit", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await docker.Engine.FindAsync(docker.Label, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Start_Options_ReachTheContainer()
    {
        await using var docker = await TestEngine.RequireAsync();
        var options = ContainerOptionsParser.Parse("--shm-size 96m --memory 256m --cpus 0.5 --hostname box --init --tmpfs /scratch:size=1m --ulimit nofile=512:600 --add-host db:10.9.8.7 --cap-drop ALL --env FROM=options -u 1234 -w /usr");

        await using var container = await docker.StartAsync(s => s with { Options = options });

        // The hard limit: the engine's runtime sometimes raises the soft one to it in an exec.
        var seen = await RunAsync(container, "sh", "-c", "df -k /dev/shm | awk 'NR==2{print $2}'; hostname; grep -c /scratch /proc/mounts; ulimit -Hn; grep -o '10.9.8.7.*' /etc/hosts | tr '\\t' ' '; grep CapBnd /proc/1/status | cut -f2; echo $FROM; id -u; pwd; cat /proc/1/comm");
        Assert.Equal("98304\nbox\n1\n600\n10.9.8.7 db\n0000000000000000\noptions\n1234\n/usr\ndocker-init\n", seen);
    }

    [SkippableFact]
    public async Task Start_Mounts_ShareFilesAndHonourReadOnly()
    {
        await using var docker = await TestEngine.RequireAsync();
        var folder = Directory.CreateTempSubdirectory("cmlnet mount");
        try
        {
            await using var container = await docker.StartAsync(s => s with { Mounts = [new Mount(folder.FullName, "/rw"), new Mount(folder.FullName, "/ro", ReadOnly: true)] });

            var seen = await RunAsync(container, "sh", "-c", "echo hello > /rw/file; cat /ro/file; touch /ro/other 2>/dev/null || echo refused");

            Assert.Equal("hello\nrefused\n", seen);
            Assert.Equal("hello\n", await File.ReadAllTextAsync(Path.Combine(folder.FullName, "file")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public async Task Network_ContainersOnIt_ReachEachOtherByAlias()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var network = await docker.Engine.CreateNetworkAsync(docker.NewName(), docker.Labels, CancellationToken.None);
        await using var server = await docker.StartAsync(s => s with
        {
            Network = network.Name,
            NetworkAliases = ["web"],
            Ports = ["8000"],
            Entrypoint = ["python3"],
            Command = ["-u", "-m", "http.server", "--directory", "/etc", "8000"],
        });
        await using var client = await docker.StartAsync(s => s with { Network = network.Name });

        await Eventually.TrueAsync(
            async () => (await RunAsync(client, "python3", "-c", "import urllib.request as u; print(u.urlopen('http://web:8000/hostname').status)")).Trim() == "200",
            "the server answers by its alias");

        var inspected = await ((IInspectableContainer)server).InspectAsync(CancellationToken.None);
        Assert.InRange(inspected.Ports["8000/tcp"], 1024, 65535);
        var log = new CollectingSink();
        await ((IInspectableContainer)server).ReadLogsAsync(log, CancellationToken.None);
        Assert.Contains("Serving HTTP", log.Output + log.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Network_ContainerStillOnIt_IsRemovedOnceItLeaves()
    {
        await using var docker = await TestEngine.RequireAsync();
        var network = await docker.Engine.CreateNetworkAsync(docker.NewName(), docker.Labels, CancellationToken.None);
        var container = await docker.StartAsync(s => s with { Network = network.Name });

        var removing = network.DisposeAsync().AsTask();
        await container.DisposeAsync();
        await removing;

        Assert.Empty(await docker.Engine.FindAsync(docker.Label, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Inspect_HealthCheck_TurnsHealthy()
    {
        await using var docker = await TestEngine.RequireAsync();
        await using var container = await docker.StartAsync(s => s with { Options = ContainerOptionsParser.Parse("--health-cmd 'test -f /tmp/ready' --health-interval 1s --health-retries 30") });
        var inspectable = (IInspectableContainer)container;
        Assert.NotEqual(ContainerHealth.None, (await inspectable.InspectAsync(CancellationToken.None)).Health);

        await RunAsync(container, "touch", "/tmp/ready");

        await Eventually.TrueAsync(async () => (await inspectable.InspectAsync(CancellationToken.None)).Health == ContainerHealth.Healthy, "the container turns healthy");
    }

    [SkippableFact]
    public async Task Dispose_RunningContainer_LeavesNothingNotEvenItsVolume()
    {
        await using var docker = await TestEngine.RequireAsync();
        var container = await docker.StartAsync();

        await container.DisposeAsync();
        await container.DisposeAsync();

        Assert.Empty(await docker.Engine.FindAsync(docker.Label, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Find_WhatAKilledRunLeft_IsListedByLabelAndRemovedInOrder()
    {
        await using var docker = await TestEngine.RequireAsync();
        var network = await docker.Engine.CreateNetworkAsync(docker.NewName(), docker.Labels, CancellationToken.None);
        var spec = docker.Spec(await DockerFixture.RequireAsync(TestImages.Python3)) with { Network = network.Name };
        await docker.Engine.StartAsync(spec, CancellationToken.None);

        var found = await docker.Engine.FindAsync(docker.Label, CancellationToken.None);

        Assert.Equal([(LeftoverKind.Container, spec.Name), (LeftoverKind.Network, network.Name)], found.Select(f => (f.Kind, f.Name)));
        Assert.All(found, f => Assert.Equal(docker.Labels[ContainerLabels.Run], f.Labels[ContainerLabels.Run]));
        foreach (var leftover in found)
        {
            await docker.Engine.RemoveAsync(leftover, CancellationToken.None);
            await docker.Engine.RemoveAsync(leftover, CancellationToken.None);
        }

        Assert.Empty(await docker.Engine.FindAsync(docker.Label, CancellationToken.None));
    }

    [SkippableFact]
    public async Task Start_CancelledMeanwhile_LeavesNothing()
    {
        await using var docker = await TestEngine.RequireAsync();
        foreach (var milliseconds in (int[])[0, 5, 20, 40, 60])
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds));
            try
            {
                var image = await DockerFixture.RequireAsync(TestImages.Python3);
                await using var container = await docker.Engine.StartAsync(docker.Spec(image), cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.True(cancellation.IsCancellationRequested);
            }

            Assert.Empty(await docker.Engine.FindAsync(docker.Label, CancellationToken.None));
        }
    }
}
