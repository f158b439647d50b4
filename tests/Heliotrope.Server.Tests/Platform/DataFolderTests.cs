using Heliotrope.Server.Platform;

namespace Heliotrope.Server.Tests.Platform;

public sealed class DataFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("heliotrope-test-").FullName;

    [Fact]
    public void It_is_made_for_its_user_alone()
    {
        var settings = At("new/data");
        settings.CreateDataFolder();
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(settings.DataFolder) == (UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.Empty(Directory.EnumerateFileSystemEntries(settings.DataFolder));
    }

    [Fact]
    public void A_path_that_can_be_no_folder_is_named_with_what_is_allowed()
    {
        File.WriteAllText(Path.Combine(_root, "file"), "");
        var refused = Assert.Throws<SettingException>(() => At("file").CreateDataFolder());
        Assert.Contains("HELIOTROPE_DATA", refused.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_root, "file"), refused.Message, StringComparison.Ordinal);
        Assert.Contains("a folder that can be written", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private ServerSettings At(string path) => ServerSettings.From(name => name == "HELIOTROPE_DATA" ? Path.Combine(_root, path) : null);
}
