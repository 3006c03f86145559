using System.Diagnostics;
using System.Text;
using CmlNet.Workflows.Execution.Files;

namespace CmlNet.Workflows.Tests.Execution.Files;

public sealed class CommandFileReaderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cml-files-").FullName;

    private string File1 => Path.Combine(_directory, "env_1");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Read_MissingFile_IsNull() => Assert.Null(CommandFileReader.Read(File1));

    [Fact]
    public void Read_EmptyFile_IsEmpty()
    {
        File.WriteAllText(File1, "");

        Assert.Equal(new CommandFileContent("", 0), CommandFileReader.Read(File1));
    }

    [Fact]
    public void Read_Utf8WithMarkAndInvalidBytes_IsDecoded()
    {
        File.WriteAllBytes(File1, [0xEF, 0xBB, 0xBF, .. "é=".Select(c => c).SelectMany(c => Encoding.UTF8.GetBytes([c])), 0xFF, (byte)'\r', (byte)'\n']);

        Assert.Equal("é=\uFFFD\r\n", CommandFileReader.Read(File1)!.Text);
    }

    [Fact]
    public void Read_LinkToAFile_IsRefused()
    {
        string target = Path.Combine(_directory, "target");
        File.WriteAllText(target, "A=hunter2");
        File.CreateSymbolicLink(File1, target);

        CommandFileException error = Assert.Throws<CommandFileException>(() => CommandFileReader.Read(File1));

        Assert.Equal("env_1: the file was replaced by a link; links are not followed.", error.Message);
    }

    [Fact]
    public void OpenRead_LinkPutThereAfterTheCheck_IsRefused()
    {
        string target = Path.Combine(_directory, "target");
        File.WriteAllText(target, "A=hunter2");
        File.CreateSymbolicLink(File1, target);

        Assert.Throws<IOException>(() => PlainFile.OpenRead(File1).Dispose());
    }

    [Fact]
    public void Read_DanglingLink_IsRefused()
    {
        File.CreateSymbolicLink(File1, "/nowhere/at/all");

        Assert.Throws<CommandFileException>(() => CommandFileReader.Read(File1));
    }

    [Fact]
    public void Read_DirectoryReplacedByALink_IsRefused()
    {
        string real = Directory.CreateDirectory(Path.Combine(_directory, "real")).FullName;
        File.WriteAllText(Path.Combine(real, "env"), "A=1");
        string link = Path.Combine(_directory, "link");
        Directory.CreateSymbolicLink(link, real);

        CommandFileException error = Assert.Throws<CommandFileException>(() => CommandFileReader.Read(Path.Combine(link, "env")));

        Assert.Equal("env: its directory was replaced by a link; links are not followed.", error.Message);
    }

    [Fact]
    public void Read_Directory_IsRefused()
    {
        Directory.CreateDirectory(File1);

        CommandFileException error = Assert.Throws<CommandFileException>(() => CommandFileReader.Read(File1));

        Assert.Equal("env_1: the file was replaced by a directory.", error.Message);
    }

    [SkippableFact]
    public void Read_Fifo_DoesNotWaitForAWriter()
    {
        Skip.IfNot(File.Exists("/usr/bin/mkfifo"), "mkfifo is not installed");
        using (Process mkfifo = Process.Start("/usr/bin/mkfifo", [File1]))
            mkfifo.WaitForExit();

        Assert.Equal("", CommandFileReader.Read(File1)!.Text);
        PlainFile.OpenRead(File1).Dispose();
    }

    [Fact]
    public void Read_Device_GivesNothing() => Assert.Equal("", CommandFileReader.Read("/dev/zero")!.Text);

    [Fact]
    public void Read_OverTheLimit_IsRefusedWithBothSizes()
    {
        File.WriteAllText(File1, new string('x', 11));

        CommandFileException error = Assert.Throws<CommandFileException>(() => CommandFileReader.Read(File1, limit: 10));

        Assert.Equal("env_1: the file is 11 bytes large, at most 10 are read; write less to it.", error.Message);
        Assert.Equal(new CommandFileContent("", 11), CommandFileReader.ReadUpTo(File1, limit: 10));
    }
}
