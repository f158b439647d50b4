namespace Heliotrope.Server.MailServices;

/// <summary>A program of the organisation's own posts the message itself: the token in the address is all the proof.</summary>
internal sealed class RawPost : IServiceKind
{
    public MailServiceKind Kind => MailServiceKind.Raw;

    public bool IsKey(string key) => false;

    public ValueTask<PostReading> Read(ServicePost post, CancellationToken cancel) => new(new PostedMail(post.Body, "", []));
}
