using System.Text;

namespace CmlNet.Reports.Tests;

/// <summary>Compares a whole output with the file in the source tree; <c>CML_UPDATE_GOLDENS=1</c> writes it instead.</summary>
internal static class GoldenFile
{
    public static void Check(string relativePath, string actual)
    {
        string path = Path.Combine(RepositoryRoot.Path, relativePath);
        if (Environment.GetEnvironmentVariable("CML_UPDATE_GOLDENS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // the path has a folder
            File.WriteAllText(path, actual, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        Assert.True(File.Exists(path), $"{relativePath} does not exist; run ./build.sh golden and look at it");
        Assert.Equal(File.ReadAllText(path), actual);
    }
}
