using Heliotrope.Core.Conversations;
using Heliotrope.Mail.Writing;
using Heliotrope.Server.Promises;

namespace Heliotrope.Server.Conversations;

/// <summary>What is sent to a customer, with its files ready.</summary>
internal sealed record Letter(string Text, IReadOnlyList<string> Cc, IReadOnlyList<string> Bcc, IReadOnlyList<OutgoingAttachment> Files)
{
    /// <summary>What it means for promises.</summary>
    public SaidPromises Promises { get; init; } = SaidPromises.None;

    /// <summary>As they will be read again from the mail: pictures among the words come first there.</summary>
    private readonly IReadOnlyList<OutgoingAttachment> _files = [.. Files.OrderBy(file => file.ContentId is null)];

    /// <summary>As the conversation lists them.</summary>
    public IReadOnlyList<Attachment> Attachments => [.. _files.Select((file, part) => new Attachment(part, file.Name, file.Type, file.Content.Length, file.ContentId))];

    /// <summary>As the mail holds them, with the ids that mail programs expect.</summary>
    public IReadOnlyList<OutgoingAttachment> Parts => [.. _files.Select(file => file.ContentId is { } id ? file with { ContentId = Markdown.ContentIdOf(id) } : file)];
}
