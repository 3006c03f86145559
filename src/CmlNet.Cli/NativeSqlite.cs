using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace CmlNet.Cli;

/// <summary>
/// The SQLite library that travels inside the binary. As part of the single file it would be unpacked at every start, which takes a
/// writable home folder that jobs need not have; so it is a resource, written out when a database is first opened and gone when loaded.
/// </summary>
internal static class NativeSqlite
{
    private const string Name = "e_sqlite3";

    /// <summary>Asked only when the library is not found beside the program, as it is in a build that is not published.</summary>
    public static void Provide()
    {
        // Asked for each of its functions; all must be of one copy.
        var library = new Lazy<nint>(Load);
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => name == Name ? library.Value : 0;
    }

    private static nint Load()
    {
        using Stream? library = typeof(NativeSqlite).Assembly.GetManifestResourceStream(Name);
        // A platform for which there is none: the system's own.
        if (library is null)
            return NativeLibrary.TryLoad("libsqlite3.so.0", out nint system) || NativeLibrary.TryLoad("libsqlite3.dylib", out system) ? system : 0;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cml-");
        try
        {
            string path = Path.Combine(folder.FullName, Name);
            using (FileStream file = File.Create(path))
                library.CopyTo(file);
            return NativeLibrary.Load(path);
        }
        finally
        {
            Remove(folder);
        }
    }

    private static void Remove(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps a loaded file; the system clears its folder for temporary files.
        }
    }
}
