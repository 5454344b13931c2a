"""What CompressAI's models that code in groups have inside: where their hyper networks are, and the networks that predict each group."""


def hyper_networks(model):
    """The module that has h_a and h_s; None where there is none."""
    if hasattr(model, "latent_codec"):
        return model.latent_codec["hyper"]
    return model if hasattr(model, "h_a") else None


class Group:
    """A checkerboard of some channels: its networks, and what they compute of a latent, at all places at once."""

    def __init__(self, coding, number):
        self.coding, self.number = coding, number
        self.checkerboard = coding.latent_codec[f"y{number}"] if hasattr(coding, "groups") else coding
        self.channel_network = coding.channel_context[f"y{number}"] if number else None

    @property
    def scales_first(self):
        return self.checkerboard.latent_codec["y"].chunks[0] == "scales"

    def channel_context(self, latent):
        """What the groups before say."""
        parts = latent.split(self.coding.groups, dim=1)
        return self.channel_network(self.coding.merge_y(*parts[: self.number]))

    def parameters(self, latent, side):
        """Scales and means, each predicted as one of the second half."""
        own, board = latent, self.checkerboard
        if hasattr(self.coding, "groups"):
            parts = latent.split(self.coding.groups, dim=1)
            own, side = parts[self.number], self.coding._get_ctx_params(self.number, side, parts)
        return board.entropy_parameters(board.merge(board.context_prediction(own), side))


def groups(model):
    """The groups of channels of a model; none where it does not code in groups."""
    if not hasattr(model, "latent_codec"):
        return []
    coding = model.latent_codec["y"]
    return [Group(coding, number) for number in range(len(getattr(coding, "groups", [None])))]
