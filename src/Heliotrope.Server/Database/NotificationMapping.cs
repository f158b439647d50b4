using Heliotrope.Core.Conversations;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>, IEntityTypeConfiguration<NotificationChoice>,
    IEntityTypeConfiguration<NotificationTimes>, IEntityTypeConfiguration<Follow>, IEntityTypeConfiguration<NotificationOff>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("Notifications");
        builder.Property(n => n.MailedAt).IsConcurrencyToken(); // of two processes one mails it
        builder.HasOne<Conversation>().WithMany().HasForeignKey(n => n.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(n => n.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(n => new { n.UserId, n.ReadAt, n.Id });
        builder.HasIndex(n => new { n.UserId, n.ConversationNumber, n.Reason }, "ix_notifications_unread").IsUnique().HasFilter("read_at IS NULL"); // told once until it is read
        builder.HasIndex(n => new { n.UserId, n.At }, "ix_notifications_unmailed").HasFilter("mail AND mailed_at IS NULL AND read_at IS NULL");
    }

    public void Configure(EntityTypeBuilder<NotificationChoice> builder)
    {
        builder.ToTable("NotificationChoices").HasKey(c => new { c.UserId, c.Reason });
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<NotificationTimes> builder)
    {
        builder.ToTable("NotificationTimes").HasKey(t => t.UserId);
        builder.Property(t => t.UserId).ValueGeneratedNever();
        builder.Ignore(t => t.Quiet);
        builder.HasOne<User>().WithOne().HasForeignKey<NotificationTimes>(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Follow> builder)
    {
        builder.ToTable("Follows").HasKey(f => new { f.ConversationNumber, f.UserId });
        builder.HasOne<Conversation>().WithMany().HasForeignKey(f => f.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(f => f.UserId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<NotificationOff> builder)
    {
        builder.ToTable("NotificationOffs");
        builder.HasIndex(o => o.TokenHash).IsUnique();
        builder.HasOne<User>().WithMany().HasForeignKey(o => o.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
