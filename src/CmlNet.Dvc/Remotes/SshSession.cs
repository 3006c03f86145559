using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Remotes;

/// <summary>One <c>ssh</c> with a small loop in the other machine's POSIX shell: requests are lines, contents follow with their length. What it cannot take as meant ends it: what follows would be read as requests.</summary>
internal sealed class SshSession : IAsyncDisposable
{
    private const string Loop = """
        mkdir -p "$d" && cd "$d" || exit 3; echo ready
        while read -r op arg name; do case $arg in ''|*[!0-9]*) exit 4;; esac; case $op in
        E) [ -f "$name" ] && echo 1 || echo 0;;
        R) if [ -f "$name" ]; then s=$(wc -c <"$name"); echo $((s-arg)); tail -c +$((arg+1)) "$name"; else echo -1; fi;;
        W) t="$name.$$.tmp"; mkdir -p "$(dirname "$name")"; head -c "$arg" >"$t" && [ "$(wc -c <"$t")" -eq "$arg" ] && mv -f "$t" "$name" && echo ok || { rm -f "$t"; echo failed; exit 4; };;
        D) rm -f "$name" && echo ok || echo failed;;
        L) find "$name" -type f 2>/dev/null; echo .;;
        esac; done
        """;

    private readonly Process _process;
    private readonly BufferedStream _answers;
    private readonly string _address;
    private readonly StringBuilder _complaints = new();

    private SshSession(Process process, string address)
    {
        (_process, _address) = (process, address);
        _answers = new BufferedStream(process.StandardOutput.BaseStream, 1 << 16);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_complaints)
                _complaints.Append(line.Data).Append(' ');
        };
        process.BeginErrorReadLine();
    }

    /// <exception cref="DvcException">The other machine cannot be reached, or the folder not be used.</exception>
    public static async Task<SshSession> StartAsync(string program, IReadOnlyList<string> arguments, string folder, string address, CancellationToken cancellationToken)
    {
        string quoted = $"'{folder.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        var start = new ProcessStartInfo(program, [.. arguments, $"d={quoted}; {Loop.ReplaceLineEndings("\n")}"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            var session = new SshSession(Process.Start(start)!, address); // only null when a process is reused
            if (await session.ReadLineAsync(cancellationToken) == "ready")
                return session;
            await session.DisposeAsync();
            throw new DvcException($"{address} cannot be used: {session.Complaints()}");
        }
        catch (Win32Exception e)
        {
            throw new DvcException($"'{program}' cannot be started; install an SSH client", innerException: e);
        }
    }

    public async Task<string> AskAsync(string request, CancellationToken cancellationToken)
    {
        await WriteAsync(request, null, cancellationToken);
        return await ReadLineAsync(cancellationToken) ?? throw Lost();
    }

    public async Task<string> SendAsync(string request, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(request, content, cancellationToken);
        }
        catch (TransferException)
        {
            // It ends when it cannot write what comes; what it said of that is still to be read.
            return await ReadLineAsync(cancellationToken) ?? throw Lost();
        }

        return await ReadLineAsync(cancellationToken) ?? throw Lost();
    }

    public async Task ReceiveAsync(Stream target, long length, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[1 << 16];
        while (length > 0)
        {
            int read = await _answers.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), cancellationToken);
            if (read == 0)
                throw Lost();
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            length -= read;
        }
    }

    public async Task<IReadOnlyCollection<string>> ListAsync(string request, CancellationToken cancellationToken)
    {
        await WriteAsync(request, null, cancellationToken);
        var lines = new List<string>();
        while (await ReadLineAsync(cancellationToken) is var line && line != ".")
            lines.Add(line ?? throw Lost());
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
        await _answers.DisposeAsync();
        _process.Dispose();
    }

    private async Task WriteAsync(string request, Stream? content, CancellationToken cancellationToken)
    {
        try
        {
            Stream input = _process.StandardInput.BaseStream;
            await input.WriteAsync(Encoding.UTF8.GetBytes(request + "\n"), cancellationToken);
            if (content is not null)
                await content.CopyToAsync(input, cancellationToken);
            await input.FlushAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new TransferException($"the connection to {_address} was lost: {Complaints()}", isTransient: true, e);
        }
    }

    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        byte[] one = new byte[1];
        while (await _answers.ReadAsync(one, cancellationToken) == 1)
        {
            if (one[0] == '\n')
                return Encoding.UTF8.GetString([.. line]).Trim();
            line.Add(one[0]);
        }

        return null;
    }

    private TransferException Lost() => new($"the connection to {_address} was lost: {Complaints()}", isTransient: true);

    private string Complaints()
    {
        lock (_complaints)
            return _complaints.ToString().Trim() is { Length: > 0 } text ? text : "no reason given";
    }
}
