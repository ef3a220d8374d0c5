namespace OpenHall.App;

/// <summary>岗位: a post, what its people may do and where their day starts.</summary>
/// <param name="Permissions"><c>noun.verb</c>; see docs/permissions.md.</param>
/// <param name="Home">Page shown after sign-in.</param>
public sealed record Post(string Code, LocalText Name, IReadOnlyList<string> Permissions, string Home);

/// <summary>The packs folder as read and checked at start: what an industry brings as data. Modules read their own files from
/// <see cref="Files"/>.</summary>
public sealed class Packs
{
    private readonly Dictionary<string, Post> _posts = [];

    private Packs(string folder, IReadOnlyList<string> names) => (Folder, Names) = (folder, names);

    public string Folder { get; }

    /// <summary>Packs in use, <c>base</c> first.</summary>
    public IReadOnlyList<string> Names { get; }

    public IReadOnlyDictionary<string, Post> Posts => _posts;

    public PackErrors Errors { get; } = new();

    /// <summary>Reads the packs. Errors are collected; <see cref="ThrowIfWrong"/> tells them all at once, after the modules have read theirs.</summary>
    public static Packs Read(string folder, params IReadOnlyList<string> names)
    {
        var packs = new Packs(folder, names);
        foreach (var file in packs.Files("posts.yaml"))
        {
            foreach (var (code, post) in file.Entries)
            {
                if (!packs._posts.TryAdd(code, new(code, post.Local("name"), post.Texts("permissions"), post.TextOrNull("home") ?? "/")))
                    post.Error($"post '{code}' is there twice");
            }
        }

        return packs;
    }

    /// <summary>The file of that name in each pack that has it.</summary>
    public IEnumerable<PackNode> Files(string name) =>
        from pack in Names
        let path = Path.Combine(Folder, pack, name)
        where File.Exists(path)
        select PackNode.Read(path, $"packs/{pack}/{name}", Errors);

    /// <summary>All YAML files of a folder in each pack that has it, by name.</summary>
    public IEnumerable<PackNode> FilesIn(string folder) =>
        from pack in Names
        let path = Path.Combine(Folder, pack, folder)
        where Directory.Exists(path)
        from file in Directory.EnumerateFiles(path, "*.yaml").Order(StringComparer.Ordinal)
        select PackNode.Read(file, $"packs/{pack}/{folder}/{Path.GetFileName(file)}", Errors);

    /// <summary>Permissions of the posts a person holds.</summary>
    public IReadOnlySet<string> PermissionsOf(IEnumerable<string> posts) =>
        posts.SelectMany(p => _posts.TryGetValue(p, out var post) ? post.Permissions : []).ToHashSet();

    /// <exception cref="InvalidOperationException">The packs are wrong; the message has a line for each mistake.</exception>
    public void ThrowIfWrong()
    {
        if (Errors.All.Count > 0) throw new InvalidOperationException(string.Join(Environment.NewLine, Errors.All.Prepend("The packs can't be used:")));
    }
}
