using System.Diagnostics;
using System.Globalization;
using CmlNet.Containers.Process;

namespace CmlNet.Containers.Tests.Process;

public sealed class PosixTests
{
    /// <summary>A parent that never asks for its child, which has a group of its own and ends on its word.</summary>
    private const string Parent = "import os,sys,time\nr,w=os.pipe()\np=os.fork()\nif p==0:\n  os.setpgid(0,0); os.read(r,1); os._exit(0)\nprint(p,flush=True)\nsys.stdin.readline()\nos.write(w,b'x')\nsys.stdin.readline()\n";

    [SkippableFact]
    public async Task GroupExists_OnceItsLastProcessHasEnded_IsFalseThoughNobodyAskedForIt()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && File.Exists("/usr/bin/python3"), "Needs Linux with python3.");
        using var parent = System.Diagnostics.Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Parent]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        var group = int.Parse((await parent.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        await Eventually.TrueAsync(() => Posix.GroupExists(group), "the child has its group");

        await parent.StandardInput.WriteLineAsync();
        await parent.StandardInput.FlushAsync();
        await Eventually.TrueAsync(() => !Posix.GroupExists(group), "the group has nobody who runs");
        Assert.True(Posix.SignalGroup(group, 0), "the kernel still knows the group");

        parent.StandardInput.Close();
        await parent.WaitForExitAsync();
    }
}
