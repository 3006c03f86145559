using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>nginx and OpenSSH's sshd, each as a process of its own in a folder of its own, on a free port of this machine.</summary>
internal sealed class RealServers : IDisposable
{
    public const string User = "ann", Password = "p4ss w0rd";

    private const string DavModule = "/usr/lib/nginx/modules/ngx_http_dav_ext_module.so";
    private readonly string _folder = Directory.CreateTempSubdirectory("cml-servers-").FullName;
    private readonly List<Process> _processes = [];

    /// <summary>What a server keeps.</summary>
    public string Stored => Path.Combine(_folder, "stored");

    /// <summary>Lines of nginx's access log: method, path and status.</summary>
    public string[] Requests => File.Exists(Path.Combine(_folder, "access.log")) ? File.ReadAllLines(Path.Combine(_folder, "access.log")) : [];

    /// <summary>Serves <c>/plain</c> (read and PUT) and <c>/dav</c> (WebDAV), for <see cref="User"/> only, and <c>/open</c> to read. Returns its address.</summary>
    public async Task<string> StartNginxAsync()
    {
        string? program = Array.Find(["/usr/sbin/nginx", "/usr/bin/nginx"], File.Exists);
        Skip.If(program is null || !File.Exists(DavModule), "nginx with its WebDAV module is not installed (apt-get install nginx libnginx-mod-http-dav-ext)");
        int port = FreePort();
        foreach (string folder in (string[])["plain", "dav", "open", "tmp"])
            Directory.CreateDirectory(Path.Combine(Stored, folder));
        await File.WriteAllTextAsync(Path.Combine(_folder, "users"), $"{User}:{{PLAIN}}{Password}\n");
        string temporary = string.Concat(((string[])["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]).Select(name => $"{name}_temp_path {_folder}/{name};\n"));
        // As root the workers would be another user, who may not write here.
        string user = Environment.UserName == "root" ? "user root;\n" : "";
        await File.WriteAllTextAsync(Path.Combine(_folder, "nginx.conf"), $$"""
            {{user}}load_module {{DavModule}};
            daemon off; worker_processes 2; pid {{_folder}}/nginx.pid; error_log {{_folder}}/error.log;
            events {}
            http {
              log_format short '$request_method $uri $status $http_range'; access_log {{_folder}}/access.log short;
              client_max_body_size 0; {{temporary}}
              server {
                listen 127.0.0.1:{{port}}; root {{Stored}};
                auth_basic "data"; auth_basic_user_file {{_folder}}/users;
                location /open { auth_basic off; }
                location /plain { dav_methods PUT; create_full_put_path on; }
                location /dav { dav_methods PUT DELETE MKCOL COPY MOVE; dav_ext_methods PROPFIND OPTIONS; }
              }
            }
            """);
        await StartAsync(new ProcessStartInfo(program!, ["-e", Path.Combine(_folder, "error.log"), "-c", Path.Combine(_folder, "nginx.conf")]), port); // skipped above when there is none
        return $"http://127.0.0.1:{port}";
    }

    /// <summary>Lets one key in. Returns the port, and a program that is <c>ssh</c> with that key and the server's.</summary>
    public async Task<(int Port, string Program)> StartSshAsync()
    {
        const string Program = "/usr/sbin/sshd";
        Skip.IfNot(File.Exists(Program), "sshd is not installed (apt-get install openssh-server)");
        Skip.IfNot(Environment.UserName == "root", "sshd as another user than root lets nobody else in");
        int port = FreePort();
        Directory.CreateDirectory("/run/sshd");
        await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(_folder, "host"));
        await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(_folder, "key"));
        File.Copy(Path.Combine(_folder, "key.pub"), Path.Combine(_folder, "authorized"));
        string hostKey = await File.ReadAllTextAsync(Path.Combine(_folder, "host.pub"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "known"), $"[127.0.0.1]:{port} {hostKey}");
        await File.WriteAllTextAsync(Path.Combine(_folder, "sshd.conf"), $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {_folder}/host
            AuthorizedKeysFile {_folder}/authorized
            PidFile {_folder}/sshd.pid
            StrictModes no
            PasswordAuthentication no
            UsePAM no

            """);
        string ssh = Path.Combine(_folder, "ssh");
        await File.WriteAllTextAsync(ssh, $"#!/bin/sh\nexec ssh -F none -o UserKnownHostsFile={_folder}/known -o StrictHostKeyChecking=yes -o IdentitiesOnly=yes \"$@\"\n");
        await RunAsync("chmod", "+x", ssh);
        await StartAsync(new ProcessStartInfo(Program, ["-D", "-e", "-f", Path.Combine(_folder, "sshd.conf")]), port);
        return (port, ssh);
    }

    /// <summary>The key that sshd lets in.</summary>
    public string KeyFile => Path.Combine(_folder, "key");

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true })!; // only null when a process is reused
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private async Task StartAsync(ProcessStartInfo start, int port)
    {
        (start.UseShellExecute, start.RedirectStandardError) = (false, true);
        Process process = Process.Start(start)!; // as above
        _processes.Add(process);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (watch.Elapsed < TimeSpan.FromSeconds(30) && !process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }
}
