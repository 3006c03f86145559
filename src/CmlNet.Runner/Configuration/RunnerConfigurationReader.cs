using System.Text;
using CmlNet.Reports.Configuration;

namespace CmlNet.Runner.Configuration;

/// <summary><c>runner.yaml</c> → <see cref="RunnerConfiguration"/>; every defect at once, in file order.</summary>
/// <param name="file">As messages should call it.</param>
/// <param name="variable">Reads a variable of the environment, for the defaults of folders.</param>
internal sealed class RunnerConfigurationReader(string file, Func<string, string?> variable)
{
    private const int LargestFile = 1024 * 1024;

    // Of sun_path, unix(7), without the NUL at its end.
    public const int LongestSocketPath = 107;
    private readonly List<ConfigError> _errors = [];

    /// <exception cref="ConfigException">Every defect at once.</exception>
    /// <exception cref="RunnerConfigurationException">The file cannot be read.</exception>
    public static RunnerConfiguration ReadFile(string path, string name, Func<string, string?> variable)
    {
        string text;
        try
        {
            if (Directory.Exists(path))
                throw new RunnerConfigurationException($"{name} is a folder. Name the file in it.");
            text = ReadText(path) ?? throw new RunnerConfigurationException($"{name} is larger than 1 MiB; a configuration this size is not read.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunnerConfigurationException($"{name} cannot be read: {exception.Message} 'cml runner config schema' prints what such a file may hold.", exception);
        }

        return new RunnerConfigurationReader(name, variable).Read(text);
    }

    // Null when there is more than a configuration has. A file of the system may say nothing of its size, and never end.
    private static string? ReadText(string path)
    {
        byte[] content = new byte[LargestFile + 1];
        using FileStream stream = File.OpenRead(path);
        int length = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (length > LargestFile)
            return null;
        using var reader = new StreamReader(new MemoryStream(content, 0, length));
        return reader.ReadToEnd();
    }

    public RunnerConfiguration Read(string text)
    {
        ConfigNode root = ConfigParser.Parse(file, text) ?? new ConfigNode { Entries = [], Line = 1, Column = 1 };
        var check = new ConfigCheck(file);
        check.Check(root, RunnerSchema.File, file);
        RunnerConfiguration? configuration = null;
        if (check.Errors.Count == 0)
            configuration = Build(root);
        else
            CheckRest(root);
        if (YamlDocuments.FindSecond(text) is > 0 and var line)
            _errors.Add(new ConfigError(file, line, 1, "a second YAML document begins here, which nothing would read; the file must have one"));
        _errors.AddRange(QuantityRules.Check(file, root, RunnerSchema.File));
        ConfigError[] errors = [.. check.Errors.Concat(_errors).OrderBy(error => error.Line).ThenBy(error => error.Column)];
        return configuration is not null && errors.Length == 0 ? configuration : throw new ConfigException(errors);
    }

    /// <summary>What keeps to the schema is looked at all the same, so that nobody mends a file twice.</summary>
    private void CheckRest(ConfigNode root)
    {
        if (Sound(root, "scope") is { } scope)
            Scope(scope);
        if (Sound(root, "name") is not null)
            Name(root);
        Preemption(Sound(root, "preemption"));
        Web(Sound(root, "web"));
        Webhook(Sound(root, "webhook"));
        if (root.Find("pools") is { Items: { } pools } list && pools.Where(pool => IsSound(pool, RunnerSchema.Pool)).ToList() is { Count: > 0 } sound)
            new PoolReader(file, _errors).Read(list with { Items = sound }, root);
    }

    private ConfigNode? Sound(ConfigNode root, string key) =>
        root.Find(key) is { } node && IsSound(node, RunnerSchema.File.Fields.First(field => field.Name == key).Type) ? node : null;

    private bool IsSound(ConfigNode node, ConfigType type)
    {
        var check = new ConfigCheck(file);
        check.Check(node, type, "");
        return check.Errors.Count == 0;
    }

    /// <summary>JSON Schema of the file, for editors.</summary>
    public static string WriteSchema() => JsonSchemaWriter.Write(RunnerConfiguration.FileName, RunnerSchema.File);

    /// <summary>Where a daemon listens whose configuration says nothing of it.</summary>
    public static string DefaultSocket(Func<string, string?> variable) => SocketIn(DefaultData(variable), variable);

    private static string DefaultData(Func<string, string?> variable)
    {
        string home = variable("HOME") is { Length: > 0 } set ? set : "/root";
        return variable("STATE_DIRECTORY")?.Split(':')[0] ?? Path.Combine(variable("XDG_STATE_HOME") is { Length: > 0 } state ? state : Path.Combine(home, ".local", "state"), "cml-runner");
    }

    private static string SocketIn(string data, Func<string, string?> variable) => Path.Combine(variable("RUNTIME_DIRECTORY")?.Split(':')[0] ?? data, "runner.sock");

    private RunnerConfiguration Build(ConfigNode root)
    {
        string data = root.Text("data") ?? DefaultData(variable);
        string socket = root.Text("socket") ?? SocketIn(data, variable);
        if (Encoding.UTF8.GetByteCount(Path.GetFullPath(socket)) > LongestSocketPath)
            Add(root.Find("socket") ?? root.Find("data") ?? root, $"the path of the control socket must not have more than {LongestSocketPath} bytes, as '{Path.GetFullPath(socket)}' has. Set 'socket' to a shorter one");
        ConfigNode? gpus = root.Find("gpus"), disk = root.Find("disk"), idle = root.Find("idle");
        var pools = new PoolReader(file, _errors).Read(root.Find("pools")!, root); // demanded by the schema
        return new RunnerConfiguration
        {
            Scope = Scope(root.Find("scope")!), // demanded by the schema
            Authentication = Authentication(root.Find("authentication")!), // as above
            Name = Name(root),
            DataDirectory = Path.GetFullPath(data),
            SocketPath = Path.GetFullPath(socket),
            Engine = root.Text("engine") ?? "docker",
            RunnerGroup = root.Text("runner-group") ?? "default",
            CertificateFile = root.Text("certificates"),
            DrainTimeout = Quantities.Duration(root, "drain-timeout") ?? TimeSpan.FromMinutes(30),
            Gpus = new GpuConfiguration
            {
                Query = gpus?.Text("query") ?? "nvidia-smi",
                Excluded = gpus is null ? [] : Quantities.Texts(gpus, "exclude"),
                Interval = (gpus is null ? null : Quantities.Duration(gpus, "interval")) ?? TimeSpan.FromSeconds(30),
                ByVariable = gpus?.Text("attach") == "variable",
            },
            Disk = new DiskConfiguration
            {
                Path = disk?.Text("path") ?? "/",
                LeastFreeBytes = (disk is null ? null : Quantities.Size(disk, "least-free")) ?? 5_000_000_000,
            },
            Idle = new IdleConfiguration
            {
                ShutdownAfter = idle is null ? null : Quantities.Duration(idle, "shutdown-after"),
                Command = idle is null ? [] : Quantities.Texts(idle, "command"),
                AfterOneJob = idle?.Flag("after-one-job") == true,
            },
            Preemption = Preemption(root.Find("preemption")),
            Web = Web(root.Find("web")),
            Webhook = Webhook(root.Find("webhook")),
            Pools = pools,
        };
    }

    private static Authentication Authentication(ConfigNode node) => node.Find("app") is { } app
        ? new Authentication { ClientId = app.Text("client-id"), InstallationId = (long)(app.Number("installation-id") ?? 0), PrivateKey = Secret(app.Find("private-key")) }
        : new Authentication { Token = Secret(node.Find("token")) };

    private static SecretReference? Secret(ConfigNode? node) => node switch
    {
        null => null,
        _ when node.Text("env") is { } name => new SecretReference(SecretKind.Variable, name),
        _ when node.Text("credential") is { } credential => new SecretReference(SecretKind.Credential, credential),
        _ => new SecretReference(SecretKind.File, node.Text("file") ?? ""),
    };

    private Uri Scope(ConfigNode node)
    {
        string text = node.AsText ?? "";
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? scope) && scope.Scheme is "https" or "http" && scope.UserInfo.Length == 0 && scope.Query.Length == 0)
        {
            string[] parts = scope.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length is 1 or 2)
                return scope;
        }

        Add(node, $"scope must be https://HOST/ORGANIZATION, https://HOST/OWNER/REPOSITORY or https://HOST/enterprises/NAME, not {node.Seen}");
        return new Uri("https://github.com/");
    }

    private string Name(ConfigNode root)
    {
        string name = root.Text("name") ?? Environment.MachineName;
        if (root.Find("name") is { } node && !PoolReader.IsName(name))
            Add(node, $"name must have only letters, digits, '.', '_' and '-' (at most {PoolReader.LongestName}), not {node.Seen}");
        return name;
    }

    private PreemptionConfiguration Preemption(ConfigNode? node)
    {
        if (node is null || node.IsNull)
            return new PreemptionConfiguration();
        Uri? endpoint = null;
        if (node.Find("endpoint") is { } given && (!Uri.TryCreate(given.AsText, UriKind.Absolute, out endpoint) || endpoint.Scheme is not ("http" or "https")))
            Add(given, $"endpoint must be an address such as http://169.254.169.254, not {given.Seen}");
        if (node.Find("endpoint") is { } lonely && node.Find("cloud") is null)
            Add(lonely, "endpoint without cloud: it is not known what to ask there. Add cloud: aws, azure or gcp");
        if (node.Find("acpi") is { } acpi && acpi.AsText?.StartsWith('/') != true)
            Add(acpi, $"acpi must be an absolute path, not {acpi.Seen}");
        return new PreemptionConfiguration
        {
            Cloud = node.Text("cloud") switch { "aws" => CloudKind.Aws, "azure" => CloudKind.Azure, "gcp" => CloudKind.Gcp, _ => null },
            Endpoint = endpoint,
            AcpiSocket = node.Text("acpi"),
            Interval = Quantities.Duration(node, "interval") ?? TimeSpan.FromSeconds(5),
            Grace = Quantities.Duration(node, "grace") ?? TimeSpan.FromSeconds(15),
        };
    }

    private WebConfiguration? Web(ConfigNode? node)
    {
        if (node is null || node.IsNull)
            return null;
        var web = new WebConfiguration { Listen = Listen(node), Token = Secret(node.Find("token")) };
        if (!web.Listen.IsLoopback && web.Token is null)
            Add(node, $"web listens on {web.Listen}, where others can reach it: it needs a 'token'");
        return web;
    }

    private WebhookConfiguration? Webhook(ConfigNode? node) =>
        node is null || node.IsNull ? null : new WebhookConfiguration { Listen = Listen(node), Secret = Secret(node.Find("secret"))! }; // demanded by the schema

    private ListenAddress Listen(ConfigNode node)
    {
        ConfigNode listen = node.Find("listen")!; // demanded by the schema
        if (ListenAddress.Parse(listen.AsText ?? "") is { } address)
            return address;
        Add(listen, $"listen must be PORT or ADDRESS:PORT such as 127.0.0.1:8741, not {listen.Seen}");
        return new ListenAddress(System.Net.IPAddress.Loopback, 0);
    }

    private void Add(ConfigNode at, string message) => _errors.Add(new ConfigError(file, at.Line, at.Column, message));
}
