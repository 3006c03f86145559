namespace CmlNet.Publishing.Tests;

internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = System.IO.Directory.CreateTempSubdirectory("cml-publishing-").FullName;

    public string Write(string name, byte[] content)
    {
        string path = System.IO.Path.Combine(Path, name);
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        // At once: who watches the file must not see it half written.
        string whole = path + ".whole";
        File.WriteAllBytes(whole, content);
        File.Move(whole, path, overwrite: true);
        return path;
    }

    public string WriteText(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public void Dispose() => System.IO.Directory.Delete(Path, recursive: true);
}
