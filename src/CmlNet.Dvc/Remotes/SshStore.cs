using System.Collections.Concurrent;
using System.Globalization;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Remotes;

/// <summary>A folder on another machine, through the system's own <c>ssh</c>: its keys, agent, known hosts and configuration are those in force.</summary>
internal sealed class SshStore : IRemoteStore, IDeletingStore, IAsyncDisposable
{
    /// <summary>sshd turns away who knocks while ten others do, unless it is told otherwise; one connection carries much anyway.</summary>
    private const int MostSessions = 8;

    private readonly ConcurrentBag<SshSession> _idle = [];
    private readonly SemaphoreSlim _places = new(MostSessions);
    private readonly List<string> _arguments = ["-T", "-o", "BatchMode=yes"];
    private readonly string _folder;
    private readonly string _program;

    public SshStore(IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string> environment)
    {
        string url = options["url"];
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0 || uri.Host.StartsWith('-'))
            throw new DvcException($"'{url}' is no address of the kind ssh://user@host/path");
        if (options.ContainsKey("password") || uri.UserInfo.Contains(':', StringComparison.Ordinal))
            throw new DvcException("a password for SSH cannot be given to the system's ssh; use a key (keyfile) or an agent");
        if ((options.GetValueOrDefault("port") ?? (uri.Port > 0 ? uri.Port.ToString(CultureInfo.InvariantCulture) : null)) is { } port)
            _arguments.AddRange(["-p", port]);
        if (options.GetValueOrDefault("keyfile") is { } key)
            _arguments.AddRange(["-i", key]);
        if ((options.GetValueOrDefault("user") ?? uri.UserInfo) is { Length: > 0 } user)
            _arguments.AddRange(["-l", user]);
        _arguments.AddRange(["--", uri.Host]);
        _folder = Uri.UnescapeDataString(uri.AbsolutePath);
        // As git has it: another program that takes ssh's arguments.
        _program = environment.GetValueOrDefault("DVC_SSH_COMMAND") is { Length: > 0 } program ? program : "ssh";
        Address = $"ssh://{uri.Host}{_folder}";
    }

    public string Address { get; }

    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
    {
        await using Lease lease = await TakeAsync(cancellationToken);
        bool exists = await lease.Session.AskAsync(Request('E', 0, name), cancellationToken) == "1";
        lease.GiveBack();
        return exists;
    }

    public async Task<bool> ReadAsync(string name, Stream target, long offset, CancellationToken cancellationToken)
    {
        await using Lease lease = await TakeAsync(cancellationToken);
        if (!long.TryParse(await lease.Session.AskAsync(Request('R', offset, name), cancellationToken), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long length))
            throw new TransferException($"{name} could not be read at {Address}", isTransient: true);
        if (length > 0)
            await lease.Session.ReceiveAsync(target, length, cancellationToken);
        lease.GiveBack();
        return length >= 0;
    }

    public async Task WriteAsync(string name, string path, CancellationToken cancellationToken)
    {
        await using FileStream source = File.OpenRead(path);
        await using Lease lease = await TakeAsync(cancellationToken);
        string answer = await lease.Session.SendAsync(Request('W', source.Length, name), source, cancellationToken);
        if (answer != "ok")
            throw new TransferException($"{name} could not be written at {Address}: {answer}; check that there is room and that you may write there", isTransient: false);
        lease.GiveBack();
    }

    public async Task<IReadOnlyCollection<string>?> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        await using Lease lease = await TakeAsync(cancellationToken);
        IReadOnlyCollection<string> names = await lease.Session.ListAsync(Request('L', 0, prefix), cancellationToken);
        lease.GiveBack();
        return [.. names.Where(name => !IsBeingWritten(name))];
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await using Lease lease = await TakeAsync(cancellationToken);
        if (await lease.Session.AskAsync(Request('D', 0, name), cancellationToken) != "ok")
            throw new TransferException($"{name} could not be deleted at {Address}; check that you may write there", isTransient: false);
        lease.GiveBack();
    }

    // As the loop in the other shell names them.
    private static bool IsBeingWritten(string name) => name.Split('.') is [_, .., var number, "tmp"] && number.Length > 0 && number.All(char.IsAsciiDigit);

    // The name comes last: the other shell takes the rest of the line for it, but for white space at its ends.
    private string Request(char verb, long argument, string name) =>
        name.Length == 0 || name[0] is '-' or ' ' || name[^1] == ' ' || name.Any(char.IsControl)
            ? throw new DvcException($"'{name}' cannot be asked for at {Address}: a name there has no control characters, no white space at its ends and no '-' first")
            : string.Create(CultureInfo.InvariantCulture, $"{verb} {argument} {name}");

    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out SshSession? session))
            await session.DisposeAsync();
        _places.Dispose();
    }

    private async Task<Lease> TakeAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return new Lease(this, _idle.TryTake(out SshSession? idle) ? idle : await SshSession.StartAsync(_program, _arguments, _folder, Address, cancellationToken));
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    // A session that was interrupted in the middle of an answer is of no more use.
    private sealed class Lease(SshStore store, SshSession session) : IAsyncDisposable
    {
        private bool _isGivenBack;

        public SshSession Session => session;

        public void GiveBack()
        {
            _isGivenBack = true;
            store._idle.Add(session);
        }

        public async ValueTask DisposeAsync()
        {
            if (!_isGivenBack)
                await session.DisposeAsync();
            store._places.Release();
        }
    }
}
