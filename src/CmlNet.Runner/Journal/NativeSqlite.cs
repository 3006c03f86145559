using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CmlNet.Runner.Journal;

/// <summary>
/// The SQLite library that travels inside the assembly. A single file would otherwise be unpacked at the start of every
/// command; so only the daemon writes it out, into its own folder, and loads it from there.
/// </summary>
internal static class NativeSqlite
{
    private const string Resource = "libe_sqlite3.so";
    private static readonly Lock Gate = new();
    private static bool _isReady;

    /// <param name="directory">A folder that only the daemon's user can write.</param>
    public static void Load(string directory)
    {
        lock (Gate)
        {
            if (_isReady)
                return;
            NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, (name, assembly, path) =>
                name == "e_sqlite3" ? NativeLibrary.Load(Unpack(directory) ?? "libsqlite3.so.0") : NativeLibrary.Load(name, assembly, path));
            SQLitePCL.Batteries_V2.Init();
            _isReady = true;
        }
    }

    // Null where the build had none for this platform: the system's is used then.
    private static string? Unpack(string directory)
    {
        using Stream? embedded = typeof(NativeSqlite).Assembly.GetManifestResourceStream(Resource);
        if (embedded is null)
            return null;
        using var copy = new MemoryStream();
        embedded.CopyTo(copy);
        byte[] content = copy.ToArray();
        string path = Path.Combine(directory, $"libe_sqlite3-{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}.so");
        if (File.Exists(path) && SHA256.HashData(File.ReadAllBytes(path)).AsSpan().SequenceEqual(SHA256.HashData(content)))
            return path;
        Directory.CreateDirectory(directory);
        string temporary = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
        return path;
    }
}
