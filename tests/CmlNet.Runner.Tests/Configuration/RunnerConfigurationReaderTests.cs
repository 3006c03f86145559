using System.Text.Json;
using CmlNet.Reports.Configuration;
using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Tests.Configuration;

public sealed class RunnerConfigurationReaderTests
{
    private const string Head = """
        scope: https://github.com/acme
        authentication: { token: { env: GITHUB_TOKEN } }

        """;

    [Fact]
    public void Read_EverythingSet_FillsTheModel()
    {
        RunnerConfiguration configuration = Read("""
            scope: https://github.com/acme/models
            authentication:
              app: { client-id: Iv23abc, installation-id: 42, private-key: { credential: app-key } }
            name: box-1
            data: /var/lib/cml
            drain-timeout: 10min
            gpus: { query: /opt/smi, exclude: [GPU-1], interval: 5, attach: variable }
            disk: { path: /var/lib/docker, least-free: 20GB }
            idle: { shutdown-after: 15min, command: [systemctl, poweroff] }
            web: { listen: 8741 }
            webhook: { listen: "0.0.0.0:9000", secret: { file: /etc/hook } }
            pools:
              - name: gpu1
                labels: [gpu1, cuda12]
                gpus: 1
                gpu-memory: 40GB
                cpus: 7.5
                memory: 32GiB
                shm: 8GiB
                disk: 10GB
                work: memory
                min-idle: 1
                max: 4
                caches: [{ volume: pip, at: /home/runner/.cache/pip }, { host: /data, at: /data, read-only: true }]
                env: { HF_HOME: /data/hf, WORKERS: 4 }
                timeout: 6h
                report: { title: Model, update: false, limit: 1MB }
              - { name: cpu, mode: webhook }
            """);

        Assert.Equal(("Iv23abc", 42L, new SecretReference(SecretKind.Credential, "app-key")), (configuration.Authentication.ClientId, configuration.Authentication.InstallationId, configuration.Authentication.PrivateKey));
        Assert.Equal("/var/lib/cml/runner.sock", configuration.SocketPath);
        Assert.Equal(TimeSpan.FromSeconds(5), configuration.Gpus.Interval);
        Assert.True(configuration.Gpus.ByVariable);
        Assert.Equal("127.0.0.1:8741", configuration.Web!.Listen.ToString());
        PoolConfiguration gpu = configuration.Pools[0];
        Assert.Equal(["gpu1", "cuda12"], gpu.Labels);
        Assert.Equal(new PoolShape { Gpus = 1, GpuMemoryBytes = 40_000_000_000, Cpus = 7.5, MemoryBytes = 32L << 30, SharedMemoryBytes = 8L << 30, DiskBytes = 10_000_000_000, WorksInMemory = true }, gpu.Shape);
        Assert.Equal([new CacheMount("pip", "/home/runner/.cache/pip", false), new CacheMount("/data", "/data", true)], gpu.Caches);
        Assert.Equal("4", gpu.Environment["WORKERS"]);
        Assert.Equal(TimeSpan.FromHours(6), gpu.JobTimeout);
        Assert.Equal(new ReportSettings { Title = "Model", IsUpdated = false, LimitBytes = 1_000_000 }, gpu.Report);
        Assert.Equal((JobSourceKind.Webhook, PoolConfiguration.DefaultImage, "cpu"), (configuration.Pools[1].Mode, configuration.Pools[1].Image, configuration.Pools[1].Labels[0]));
    }

    [Fact]
    public void Read_ManyDefects_NamesEachWithItsPlace()
    {
        IReadOnlyList<ConfigError> errors = Errors("""
            scope: https://github.com/acme
            authentication: { token: ghp_secretsecretsecret }
            pool: []
            pools:
              - name: gpu1
                gpu: 1
                memory: much
            """);

        Assert.Equal(
            [
                "runner.yaml:2:26: token must be a map with one of env, file, credential: a secret does not belong into this file",
                "runner.yaml:3:1: unknown key 'pool' in runner.yaml; did you mean 'pools'?; known: scope, authentication, name, data, socket, engine, runner-group, certificates, drain-timeout, gpus, disk, idle, preemption, web, webhook, pools",
            ],
            errors.Take(2).Select(error => error.ToString()));
        Assert.Contains("unknown key 'gpu' in pools[0]; did you mean 'gpus'?", errors[2].Message, StringComparison.Ordinal);
        Assert.StartsWith("memory must be a number, or one with a unit", errors[3].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(errors, error => error.Message.Contains("ghp_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/dev/zero", "larger than 1 MiB")]
    [InlineData("/tmp", "is a folder")]
    [InlineData("/nonexistent/runner.yaml", "cannot be read")]
    public void ReadFile_ThatIsNone_SaysWhatItIs(string path, string expected) =>
        Assert.Contains(expected, Assert.Throws<RunnerConfigurationException>(() => RunnerConfigurationReader.ReadFile(path, "runner.yaml", static _ => null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_DefectsOfBothKinds_AreReportedAtOnce()
    {
        IReadOnlyList<ConfigError> errors = Errors("""
            scope: acme
            authenticaton: { token: { env: GITHUB_TOKEN } }
            web: { listen: nowhere }
            pools:
              - { name: gpu, gpus: many }
              - { name: one two }
              - { name: cpu }
              - { name: cpu, min-idle: 3 }
            """);

        Assert.Equal(
            [1, 1, 2, 3, 5, 6, 8, 8],
            errors.Select(error => error.Line));
        Assert.Contains(errors, error => error.Message.Contains("two pools are named 'cpu'", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Message.Contains("gpus must be", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pools: []", "3:8: pools must have at least one pool")]
    [InlineData("pools: [{name: a}, {name: A}]", "two pools are named 'A'")]
    [InlineData("pools: [{name: 'a b'}]", "a pool's name must have only letters")]
    [InlineData("pools: [{name: a, min-idle: 3, max: 2}]", "min-idle (3) must not be more than max (2)")]
    [InlineData("preemption: {endpoint: 'http://169.254.169.254'}\npools: [{name: a}]", "endpoint without cloud")]
    [InlineData("preemption: {cloud: aws, endpoint: somewhere}\npools: [{name: a}]", "endpoint must be an address")]
    [InlineData("preemption: {acpi: acpid.socket}\npools: [{name: a}]", "acpi must be an absolute path")]
    [InlineData("pools: [{name: a, memory: -3GB}]", "3:27: memory must not be less than nothing, not '-3GB'")]
    [InlineData("pools: [{name: a, shm: 99999999TB}]", "shm must be a size that there is")]
    [InlineData("pools: [{name: a, timeout: -1h}]", "timeout must not be less than nothing")]
    [InlineData("pools: [{name: a, timeout: 0}]", "timeout must be more than nothing, not 0")]
    [InlineData("pools: [{name: a, start-timeout: 9999999h}]", "start-timeout must be at most 3650d")]
    [InlineData("pools: [{name: a, gpus: -1, report: {limit: -1}}]", "limit must not be less than nothing, not -1")]
    [InlineData("gpus: {interval: 0s}\npools: [{name: a}]", "interval must be more than nothing, not '0s'")]
    [InlineData("drain-timeout: 1e300\npools: [{name: a}]", "drain-timeout must be at most 3650d")]
    [InlineData("socket: /very/long/very/long/very/long/very/long/very/long/very/long/very/long/very/long/very/long/very/long/runner-daemon\npools: [{name: a}]", "the path of the control socket must not have more than 107 bytes")]
    [InlineData("pools: [{name: a, image: ''}]", "image must be a name such as")]
    [InlineData("pools: [{name: a, image: '-v /:/host'}]", "image must be a name such as")]
    [InlineData("pools: [{name: a, network: ''}]", "network must be own, shared, none")]
    [InlineData("pools: [{name: a, command: []}]", "command must begin with a program")]
    [InlineData("pools: [{name: a, command: ['', x]}]", "command must begin with a program")]
    [InlineData("pools: [{name: a, gpu-memory: 1GB}]", "gpu-memory without gpus")]
    [InlineData("pools: [{name: a, work: memory}]", "work: memory needs a size")]
    [InlineData("pools: [{name: a, trusted: false, docker-socket: true}]", "as good as root")]
    [InlineData("pools: [{name: a, trusted: false, network: shared}]", "must not share a network")]
    [InlineData("pools: [{name: a, trusted: false, caches: [{volume: pip, at: /x}]}]", "read-only: true")]
    [InlineData("pools: [{name: a, caches: [{volume: /data, at: /x}]}]", "goes under 'host'")]
    [InlineData("pools: [{name: a, caches: [{host: data, at: /x}]}]", "host must be an absolute path")]
    [InlineData("pools: [{name: a, caches: [{volume: b, at: /x/../y}]}]", "at must be an absolute path")]
    [InlineData("pools: [{name: a, env: {ACTIONS_RUNNER_INPUT_JITCONFIG: x}}]", "has a meaning to the runner itself")]
    [InlineData("pools: [{name: a, env: {X: [1]}}]", "env.X must be a text, not a list")]
    [InlineData("pools: [{name: a, mode: rest}]", "are for one repository")]
    [InlineData("pools: [{name: a, mode: webhook}]", "says nothing under 'webhook'")]
    [InlineData("web: {listen: '0.0.0.0:80'}\npools: [{name: a}]", "it needs a 'token'")]
    [InlineData("web: {listen: example.org}\npools: [{name: a}]", "listen must be PORT or ADDRESS:PORT")]
    [InlineData("name: 'x y'\npools: [{name: a}]", "name must have only letters")]
    public void Read_RuleBeyondTheSchema_IsReported(string rest, string expected)
        => Assert.Contains(Errors(Head + rest), error => error.ToString().Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("acme")]
    [InlineData("https://user:secret@github.com/acme")]
    [InlineData("https://github.com/")]
    [InlineData("https://github.com/a/b/c")]
    [InlineData("ftp://github.com/a")]
    public void Read_ScopeThatIsNone_IsReported(string scope)
        => Assert.Contains(Errors($"scope: {scope}\nauthentication: {{ token: {{ env: T }} }}\npools: [{{name: a}}]"), error => error.Line == 1);

    [Fact]
    public void WriteSchema_OfTheFile_IsJsonThatListsEveryPoolKey()
    {
        using JsonDocument schema = JsonDocument.Parse(RunnerConfigurationReader.WriteSchema());
        JsonElement pool = schema.RootElement.GetProperty("properties").GetProperty("pools").GetProperty("items").GetProperty("properties");
        string[] keys = [.. pool.EnumerateObject().Select(property => property.Name)];
        Assert.Superset(new HashSet<string>(["name", "labels", "mode", "gpus", "gpu-memory", "caches", "network", "report"], StringComparer.Ordinal), keys.ToHashSet(StringComparer.Ordinal));
        Assert.All(pool.EnumerateObject(), property => Assert.NotEmpty(property.Value.GetProperty("description").GetString()!));
    }

    [Fact]
    public void Secret_ThatIsMissing_NamesThePlaceOnly()
    {
        var none = new SecretReference(SecretKind.Variable, "GITHUB_TOKEN");
        Assert.Contains("GITHUB_TOKEN", Assert.Throws<RunnerConfigurationException>(() => none.Read(_ => null)).Message, StringComparison.Ordinal);
        var credential = new SecretReference(SecretKind.Credential, "key");
        Assert.Contains("LoadCredential=", Assert.Throws<RunnerConfigurationException>(() => credential.Read(_ => null)).Message, StringComparison.Ordinal);
        string folder = Directory.CreateTempSubdirectory("cmlnet").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "key"), " pem \n");
            Assert.Equal("pem", credential.Read(name => name == "CREDENTIALS_DIRECTORY" ? folder : null));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("pools: [{ name: a }]\n---\nscope: x\n", 4)]
    [InlineData("pools: [{ name: a }]\n...\n# and\nscope: x\n", 6)]
    [InlineData("pools: [{ name: a }]\n--- { scope: x }\n", 4)]
    public void Read_SecondDocument_IsRefusedWithItsPlace(string rest, int line)
    {
        ConfigException exception = Assert.Throws<ConfigException>(() => Read(Head + rest));
        Assert.Equal($"runner.yaml:{line}:1: a second YAML document begins here, which nothing would read; the file must have one", exception.Message);
    }

    [Theory]
    [InlineData("", "pools: [{ name: a }]\n---\n")]
    [InlineData("%YAML 1.2\n# first\n---\n", "pools: [{ name: a }]\n...\n")]
    [InlineData("---\n", "pools: [{ name: a, env: { TEXT: '--- no marker' } }]\n")]
    public void Read_MarkersOfOneDocument_AreFine(string front, string rest) => Assert.Single(new RunnerConfigurationReader("runner.yaml", _ => null).Read(front + Head + rest).Pools);

    [Theory]
    [InlineData("memory: 64", "memory must be at least 6MiB (a bare number counts bytes), not 64")]
    [InlineData("shm: 16", "shm must be at least 1MiB (a bare number counts bytes), not 16")]
    [InlineData("disk: 1kB", "disk must be at least 1MiB (a bare number counts bytes), not '1kB'")]
    [InlineData("cpus: 0.001", "cpus must be at least 0.01, or 0 for no limit, not 0.001")]
    [InlineData("cpus: 1e300", "cpus must be a number from 0 to ")]
    public void Read_LessThanAnEngineTakes_IsRefused(string setting, string expected) =>
        Assert.Contains(expected, Assert.Throws<ConfigException>(() => Read(Head + $"pools: [{{ name: a, {setting} }}]\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NothingForNoLimit_IsTaken() => Assert.Equal(0, Read(Head + "pools: [{ name: a, memory: 0, shm: 0, cpus: 0 }]\n").Pools[0].Shape.MemoryBytes);

    private static RunnerConfiguration Read(string text) => new RunnerConfigurationReader("runner.yaml", name => name == "HOME" ? "/root" : null).Read(text);

    private static IReadOnlyList<ConfigError> Errors(string text) => Assert.Throws<ConfigException>(() => Read(text)).Errors;
}
